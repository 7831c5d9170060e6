/* Messages to whoever opened the engine: a queue, and a descriptor that wakes once for many. */
#include "internal.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

bool engine_mailbox_init(struct engine_mailbox *mailbox, struct dw_error *err)
{
    mailbox->fd = -1;
    mailbox->queue = dw_queue_new(ENGINE_MESSAGES_MOST, err);
    if (mailbox->queue == NULL)
        return false;
    mailbox->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (mailbox->fd < 0)
        return dw_error_set(err, DW_ERR_MEMORY, "no event descriptor: %s", strerror(errno));
    return true;
}

void engine_mailbox_release(struct engine_mailbox *mailbox)
{
    struct engine_message *message = NULL;
    while (mailbox->queue != NULL && (message = dw_queue_try_pop(mailbox->queue)) != NULL)
        dw_free(message);
    dw_queue_free(mailbox->queue);
    mailbox->queue = NULL;
    if (mailbox->fd >= 0)
        close(mailbox->fd);
    mailbox->fd = -1;
}

static void wake(struct engine_mailbox *mailbox)
{
    if (atomic_exchange(&mailbox->signalled, true))
        return;
    uint64_t one = 1;
    /* cannot be full: it is written once between two reads */
    ssize_t put = write(mailbox->fd, &one, sizeof one);
    (void)put;
}

void engine_post(struct engine *engine, const struct engine_message *message)
{
    struct engine_mailbox *mailbox = &engine->mailbox;
    struct engine_message *copy = dw_alloc(sizeof *copy);
    if (copy != NULL)
        *copy = *message;
    if (copy == NULL || !dw_queue_try_push(mailbox->queue, copy)) {
        dw_free(copy);
        atomic_store(&mailbox->lost, true);
    }
    wake(mailbox);
}

bool engine_mailbox_take(struct engine_mailbox *mailbox, struct engine_message *message)
{
    struct engine_message *next = dw_queue_try_pop(mailbox->queue);
    if (next == NULL) {
        uint64_t count = 0;
        ssize_t got = read(mailbox->fd, &count, sizeof count);
        (void)got;
        atomic_store(&mailbox->signalled, false);
        /* one that came before the flag fell would wake nobody */
        next = dw_queue_try_pop(mailbox->queue);
    }
    if (next != NULL) {
        *message = *next;
        dw_free(next);
        return true;
    }
    if (!atomic_exchange(&mailbox->lost, false))
        return false;
    *message = (struct engine_message){.kind = ENGINE_LOST};
    return true;
}
