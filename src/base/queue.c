/* A bounded queue of pointers between threads: the only place with a mutex and conditions. */
#include "base/base.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

/* Invariants, under the lock: 1. count ≤ capacity. 2. The items are at first … first+count-1,
 * modulo the capacity. 3. Once closed it stays closed. */
struct dw_queue {
    pthread_mutex_t lock;
    pthread_cond_t not_empty;
    pthread_cond_t not_full;
    size_t capacity;
    size_t first;
    size_t count;
    bool closed;
    void *items[];
};

struct dw_queue *dw_queue_new(size_t capacity, struct dw_error *err)
{
    if (capacity == 0)
        capacity = 1;
    struct dw_queue *queue = dw_alloc(sizeof *queue + capacity * sizeof queue->items[0]);
    if (queue == NULL) {
        dw_error_set(err, DW_ERR_MEMORY, "out of memory for a queue of %zu", capacity);
        return NULL;
    }
    queue->capacity = capacity;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->not_empty, &attributes);
    pthread_cond_init(&queue->not_full, NULL);
    pthread_condattr_destroy(&attributes);
    return queue;
}

void dw_queue_free(struct dw_queue *queue)
{
    if (queue == NULL)
        return;
    pthread_cond_destroy(&queue->not_full);
    pthread_cond_destroy(&queue->not_empty);
    pthread_mutex_destroy(&queue->lock);
    dw_free(queue);
}

static bool push(struct dw_queue *queue, void *item, bool wait)
{
    pthread_mutex_lock(&queue->lock);
    while (wait && !queue->closed && queue->count == queue->capacity)
        pthread_cond_wait(&queue->not_full, &queue->lock);
    bool room = !queue->closed && queue->count < queue->capacity;
    if (room) {
        queue->items[(queue->first + queue->count) % queue->capacity] = item;
        queue->count++;
        pthread_cond_signal(&queue->not_empty);
    }
    pthread_mutex_unlock(&queue->lock);
    return room;
}

bool dw_queue_push(struct dw_queue *queue, void *item)
{
    return push(queue, item, true);
}

bool dw_queue_try_push(struct dw_queue *queue, void *item)
{
    return push(queue, item, false);
}

/* Takes the first item; the lock is held. NULL if there is none. */
static void *take_first(struct dw_queue *queue)
{
    if (queue->count == 0)
        return NULL;
    void *item = queue->items[queue->first];
    queue->first = (queue->first + 1) % queue->capacity;
    queue->count--;
    pthread_cond_signal(&queue->not_full);
    return item;
}

void *dw_queue_pop(struct dw_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->count == 0 && !queue->closed)
        pthread_cond_wait(&queue->not_empty, &queue->lock);
    void *item = take_first(queue);
    pthread_mutex_unlock(&queue->lock);
    return item;
}

void *dw_queue_try_pop(struct dw_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    void *item = take_first(queue);
    pthread_mutex_unlock(&queue->lock);
    return item;
}

void *dw_queue_pop_within(struct dw_queue *queue, int64_t milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(milliseconds / 1000);
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&queue->lock);
    int status = 0;
    while (queue->count == 0 && !queue->closed && status != ETIMEDOUT)
        status = pthread_cond_timedwait(&queue->not_empty, &queue->lock, &until);
    void *item = take_first(queue);
    pthread_mutex_unlock(&queue->lock);
    return item;
}

void dw_queue_close(struct dw_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_cond_broadcast(&queue->not_empty);
    pthread_cond_broadcast(&queue->not_full);
    pthread_mutex_unlock(&queue->lock);
}

size_t dw_queue_count(struct dw_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    size_t count = queue->count;
    pthread_mutex_unlock(&queue->lock);
    return count;
}
