/* A feed on its way through the engine. */
#include "internal.h"

#include <string.h>

#include "text/text.h"

struct engine_task *engine_task_new(const struct store_feed *feed, int64_t spread)
{
    struct engine_task *task = dw_alloc(sizeof *task);
    if (task == NULL)
        return NULL;
    struct dw_arena *arena = &task->arena;
    dw_arena_init(arena, DW_LIMIT_DOCUMENT_ARENA);
    task->id = feed->id;
    task->url = dw_str_dup(arena, feed->url);
    task->host = feed->local ? DW_STR("") : dw_url_host(arena, task->url);
    task->server = feed->local ? DW_STR("") : dw_url_server(arena, task->url);
    task->is_untitled = feed->title.len == 0 || dw_str_eq(feed->title, feed->url);
    task->name =
        task->is_untitled ? dw_url_shown(arena, task->url) : dw_str_dup(arena, feed->title);
    task->etag = dw_str_dup(arena, feed->etag);
    task->last_modified = dw_str_dup(arena, feed->last_modified);
    task->moved_to = dw_str_dup(arena, feed->moved_to);
    task->moved_since = feed->moved_since;
    task->interval = feed->interval;
    task->ttl = feed->ttl;
    task->skip_hours = feed->skip_hours;
    task->skip_days = feed->skip_days;
    task->newest = feed->newest;
    task->failures = feed->failures;
    task->last_ok = feed->last_ok;
    task->local = feed->local;
    task->spread = spread;
    task->full_text = feed->full_text;
    if (!arena->failed)
        return task;
    engine_task_free(task);
    return NULL;
}

bool engine_task_trust(struct engine_task *task, const struct engine_credential *credential)
{
    struct dw_arena *arena = &task->arena;
    if (credential == NULL)
        return true;
    task->credential = (struct engine_credential){
        .user = dw_str_dup(arena, credential->user),
        .password = dw_str_dup(arena, credential->password),
        .header = dw_str_dup(arena, credential->header),
    };
    return !arena->failed;
}

void engine_task_free(struct engine_task *task)
{
    if (task == NULL)
        return;
    if (task->answer != NULL)
        engine_answer_free(task->answer);
    else
        fetch_response_free(task->response);
    dw_arena_release(&task->arena);
    dw_free(task);
}

void engine_name(struct engine_message *message, const struct engine_task *task)
{
    bool has_own = task->is_untitled && task->feed.title.len > 0;
    struct dw_str name =
        dw_utf8_cut(has_own ? task->feed.title : task->name, sizeof message->text - 1);
    if (name.len > 0)
        memcpy(message->text, name.at, name.len);
    message->text[name.len] = '\0';
}
