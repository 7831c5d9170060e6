/* Tests of the queue: order, bounds, closing, several threads. */
#include "unit.h"

#include <pthread.h>

#define PER_PRODUCER 5000
#define PRODUCERS 3
#define CONSUMERS 2

static void items_come_out_in_the_order_they_went_in(void **state)
{
    (void)state;
    int items[5];
    struct dw_queue *queue = dw_queue_new(3, NULL);
    assert_non_null(queue);
    assert_null(dw_queue_try_pop(queue));
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 3; i++)
            assert_true(dw_queue_try_push(queue, &items[i]));
        assert_false(dw_queue_try_push(queue, &items[3]));
        assert_int_equal(dw_queue_count(queue), 3);
        for (int i = 0; i < 3; i++)
            assert_ptr_equal(dw_queue_pop(queue), &items[i]);
    }
    dw_queue_free(queue);
    dw_queue_free(NULL);
}

static void closing_refuses_pushes_and_lets_pops_drain(void **state)
{
    (void)state;
    int item;
    struct dw_queue *queue = dw_queue_new(0, NULL); /* holds one at least */
    assert_non_null(queue);
    assert_true(dw_queue_push(queue, &item));
    dw_queue_close(queue);
    assert_false(dw_queue_push(queue, &item));
    assert_false(dw_queue_try_push(queue, &item));
    assert_ptr_equal(dw_queue_pop(queue), &item);
    assert_null(dw_queue_pop(queue));
    assert_null(dw_queue_pop_within(queue, 100000));
    dw_queue_free(queue);
}

static void waiting_ends_at_its_limit(void **state)
{
    (void)state;
    struct dw_queue *queue = dw_queue_new(1, NULL);
    int64_t before = dw_clock_milliseconds();
    assert_null(dw_queue_pop_within(queue, 20));
    assert_true(dw_clock_milliseconds() - before >= 19);
    int item;
    assert_true(dw_queue_push(queue, &item));
    assert_ptr_equal(dw_queue_pop_within(queue, 0), &item);
    dw_queue_free(queue);
}

struct crew {
    struct dw_queue *queue;
    int *numbers;
    long sum;
    size_t count;
};

static void *produce(void *context)
{
    struct crew *crew = context;
    for (size_t i = 0; i < PER_PRODUCER; i++) {
        if (!dw_queue_push(crew->queue, &crew->numbers[i]))
            break;
        crew->sum += crew->numbers[i];
    }
    return NULL;
}

static void *consume(void *context)
{
    struct crew *crew = context;
    for (int *number = dw_queue_pop(crew->queue); number != NULL;
         number = dw_queue_pop(crew->queue)) {
        crew->sum += *number;
        crew->count++;
    }
    return NULL;
}

static void threads_lose_and_double_nothing(void **state)
{
    (void)state;
    static int numbers[PER_PRODUCER];
    for (int i = 0; i < PER_PRODUCER; i++)
        numbers[i] = i + 1;
    struct dw_queue *queue = dw_queue_new(7, NULL);
    struct crew crews[PRODUCERS + CONSUMERS] = {0};
    pthread_t threads[PRODUCERS + CONSUMERS];
    for (size_t i = 0; i < PRODUCERS + CONSUMERS; i++) {
        crews[i] = (struct crew){.queue = queue, .numbers = numbers};
        assert_int_equal(
            pthread_create(&threads[i], NULL, i < PRODUCERS ? produce : consume, &crews[i]), 0);
    }
    for (size_t i = 0; i < PRODUCERS; i++)
        pthread_join(threads[i], NULL);
    dw_queue_close(queue);
    long in = 0;
    long out = 0;
    size_t count = 0;
    for (size_t i = 0; i < PRODUCERS; i++)
        in += crews[i].sum;
    for (size_t i = PRODUCERS; i < PRODUCERS + CONSUMERS; i++) {
        pthread_join(threads[i], NULL);
        out += crews[i].sum;
        count += crews[i].count;
    }
    assert_int_equal(count, PRODUCERS * PER_PRODUCER);
    assert_int_equal(in, out);
    dw_queue_free(queue);
}

static void closing_wakes_those_who_wait_for_room(void **state)
{
    (void)state;
    static int numbers[PER_PRODUCER];
    struct dw_queue *queue = dw_queue_new(2, NULL);
    struct crew crew = {.queue = queue, .numbers = numbers};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, produce, &crew), 0);
    assert_non_null(dw_queue_pop(queue));
    dw_queue_close(queue);
    pthread_join(thread, NULL);
    dw_queue_free(queue);
}

static void a_queue_without_memory_is_an_error(void **state)
{
    (void)state;
    struct dw_error err = {0};
    unit_fail_after(0);
    assert_null(dw_queue_new(10, &err));
    unit_fail_after(SIZE_MAX);
    assert_int_equal(err.code, DW_ERR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_come_out_in_the_order_they_went_in),
        cmocka_unit_test(closing_refuses_pushes_and_lets_pops_drain),
        cmocka_unit_test(waiting_ends_at_its_limit),
        cmocka_unit_test(threads_lose_and_double_nothing),
        cmocka_unit_test(closing_wakes_those_who_wait_for_room),
        cmocka_unit_test(a_queue_without_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
