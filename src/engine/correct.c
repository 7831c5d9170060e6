/* Corrections: what the user says of events wins over matching, and can be undone.
 *
 * A correction is stored as a row first and then enacted from that row, so that doing, undoing and
 * importing go the same way. */
#include "internal.h"

#include <stdlib.h>

#define ARENA_BYTES (256u << 20)
#define NO_MEMORY "out of memory for a correction"

struct work {
    struct dw_arena arena;
    struct store *store;
    size_t events;
    size_t revised;
    struct dw_error *err;
};

static bool out_of_memory(struct work *work)
{
    return dw_error_set(work->err, DW_ERR_MEMORY, NO_MEMORY);
}

/* ---- What holds for an event ----------------------------------------------------------------- */

static bool read_number(struct dw_arena *arena, struct dw_str text, double *number)
{
    char *end = NULL;
    const char *chars = dw_str_cstr(arena, text);
    *number = strtod(chars, &end);
    return text.len > 0 && end == chars + text.len;
}

static struct dw_strs read_names(struct dw_arena *arena, struct dw_str text)
{
    struct dw_strs names = {0};
    struct dw_str name;
    while (text.len > 0 && dw_str_split(&text, '|', &name))
        if (dw_str_trim(name).len > 0)
            dw_strs_push(arena, &names, dw_str_trim(name));
    return names;
}

/* One amount in place of whatever bounds there were. */
static bool set_value(struct dw_figure *figure, double value)
{
    figure->value = figure->low = figure->high = value;
    figure->qualifier = DW_QUALIFIER_EXACT;
    return true;
}

/* One line of an edit. False: it says nothing that is known. */
static bool edit_figure(struct dw_arena *arena, struct dw_str name, struct dw_str value,
                        struct dw_figure *figure)
{
    double number;
    if (dw_str_eq(name, DW_STR("kind")))
        return dw_kind_find(value, &figure->kind);
    if (dw_str_eq(name, DW_STR("status")))
        return dw_status_find(value, &figure->status);
    if (dw_str_eq(name, DW_STR("value")))
        return read_number(arena, value, &number) && set_value(figure, number);
    bool is_unit = dw_str_eq(name, DW_STR("unit"));
    bool is_from = dw_str_eq(name, DW_STR("from"));
    if (is_unit)
        figure->unit = value;
    else if (is_from)
        figure->from = read_names(arena, value);
    else if (dw_str_eq(name, DW_STR("to")))
        figure->to = read_names(arena, value);
    else
        return false;
    return !is_unit || value.len > 0;
}

bool engine_edit_apply(struct dw_arena *arena, struct dw_str text, struct dw_figure *figure,
                       struct dw_error *err)
{
    struct dw_str line;
    while (text.len > 0 && dw_str_split(&text, '\n', &line)) {
        size_t equals = dw_str_find_char(line, '=', 0);
        struct dw_str name = dw_str_slice(line, 0, equals == SIZE_MAX ? line.len : equals);
        struct dw_str value =
            equals == SIZE_MAX ? DW_STR("") : dw_str_slice(line, equals + 1, line.len);
        if (!edit_figure(arena, name, value, figure))
            return dw_error_set(err, DW_ERR_INPUT,
                                "an event's %.*s cannot be \"%.*s\": kind, status, value, unit, "
                                "from and to can be edited",
                                DW_FMT(name), DW_FMT(value));
    }
    return true;
}

bool engine_corrections_of(struct engine_matching *matching, int64_t event,
                           struct dw_figure *figure, struct store_marks *marks,
                           struct dw_error *err)
{
    struct store_corrections corrections;
    *marks = (struct store_marks){0};
    if (!store_event_corrections(matching->store, matching->arena, event, &corrections, err))
        return false;
    for (size_t i = 0; i < corrections.len; i++) {
        const struct store_correction *c = &corrections.at[i];
        bool on = !dw_str_eq(c->text, DW_STR("off"));
        if (c->action == STORE_ACTION_STAR) {
            marks->starred = on;
        } else if (c->action == STORE_ACTION_DISMISS) {
            marks->dismissed = on;
        } else if (c->action == STORE_ACTION_NOTE) {
            marks->note = c->text;
        } else if (c->action == STORE_ACTION_EDIT) {
            marks->edited = true;
            /* a line that is not known (of a newer program) changes nothing */
            (void)!engine_edit_apply(matching->arena, c->text, figure, NULL);
        }
    }
    return true;
}

/* ---- Placing --------------------------------------------------------------------------------- */

static bool detach(struct work *work, const struct store_links *figures)
{
    for (size_t i = 0; i < figures->len; i++)
        if (!store_event_attach(work->store, 0, figures->at[i].figure, work->err))
            return false;
    return true;
}

static bool place(struct work *work, int64_t figure)
{
    struct store_evidence stored;
    if (!store_figure_evidence(work->store, &work->arena, figure, &stored, work->err))
        return false;
    if (stored.figure_id == 0)
        return true;
    struct engine_told told = {.article = stored.article,
                               .published = stored.published,
                               .source = stored.source,
                               .url = stored.url,
                               .title = stored.title};
    struct engine_matching matching = {.store = work->store,
                                       .arena = &work->arena,
                                       .told = &told,
                                       .events = &work->events,
                                       .revised = &work->revised};
    struct dw_evidence evidence = engine_evidence(&stored);
    return engine_place_evidence(&matching, &evidence, work->err);
}

static bool compute(struct work *work, int64_t event)
{
    struct engine_told told = {0};
    struct engine_matching matching = {.store = work->store,
                                       .arena = &work->arena,
                                       .told = &told,
                                       .events = &work->events,
                                       .revised = &work->revised};
    return event == 0 || engine_event_compute(&matching, event, work->err);
}

/* Each event once. */
static bool compute_all(struct work *work, const struct store_links *figures)
{
    for (size_t i = 0; i < figures->len; i++) {
        bool done = false;
        for (size_t j = 0; j < i; j++)
            done = done || figures->at[j].event == figures->at[i].event;
        if (!done && !compute(work, figures->at[i].event))
            return false;
    }
    return true;
}

static bool merge(struct work *work, const struct store_links *figures,
                  const struct store_links *others)
{
    int64_t target = 0;
    for (size_t i = 0; i < others->len && target == 0; i++)
        target = others->at[i].event;
    if (target == 0)
        return true;
    for (size_t i = 0; i < figures->len; i++)
        if (!store_event_attach(work->store, target, figures->at[i].figure, work->err))
            return false;
    return compute(work, target) && compute_all(work, figures);
}

/* Takes figures out of their events and places them anew. */
static bool replace(struct work *work, const struct store_links *figures)
{
    if (!detach(work, figures) || !compute_all(work, figures))
        return false;
    for (size_t i = 0; i < figures->len; i++)
        if (!place(work, figures->at[i].figure))
            return false;
    return true;
}

/* Makes what a correction says, or no longer says, so. */
static bool enact(struct work *work, const struct store_correction *correction, bool undone)
{
    struct store_links figures;
    struct store_links others;
    if (!store_correction_figures(work->store, &work->arena, correction->id, false, &figures,
                                  work->err) ||
        !store_correction_figures(work->store, &work->arena, correction->id, true, &others,
                                  work->err))
        return false;
    if (correction->action == STORE_ACTION_MERGE && !undone)
        return merge(work, &figures, &others);
    if (correction->action == STORE_ACTION_MERGE || correction->action == STORE_ACTION_SPLIT)
        return replace(work, &figures);
    return compute_all(work, &figures);
}

/* ---- Commands -------------------------------------------------------------------------------- */

/* An edit must be one that can be applied. */
static bool check_text(struct work *work, const struct engine_correction *what)
{
    struct dw_figure figure = {0};
    bool is_switch = what->action == STORE_ACTION_STAR || what->action == STORE_ACTION_DISMISS;
    if (what->action == STORE_ACTION_EDIT)
        return engine_edit_apply(&work->arena, what->text, &figure, work->err);
    if (is_switch && !dw_str_eq(what->text, DW_STR("on")) && !dw_str_eq(what->text, DW_STR("off")))
        return dw_error_set(work->err, DW_ERR_INPUT, "%.*s is on or off, not \"%.*s\"",
                            DW_FMT(store_action_name(what->action)), DW_FMT(what->text));
    return true;
}

/* The figures of an event, or the first of them: enough to find it again. */
static bool anchors_of(struct work *work, int64_t event, int64_t article, bool first,
                       struct store_anchors *anchors)
{
    if (!store_event_anchors(work->store, &work->arena, event, article, anchors, work->err))
        return false;
    if (anchors->len == 0)
        return dw_error_set(work->err, DW_ERR_INPUT, "there is no event %lld%s", (long long)event,
                            article != 0 ? " that this article tells" : "");
    anchors->len = first ? 1 : anchors->len;
    return true;
}

/* Whether an anchor stands in a list. */
static bool is_among(const struct store_anchor *anchor, const struct store_anchors *list)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].article == anchor->article && list->at[i].start == anchor->start &&
            list->at[i].in_title == anchor->in_title && dw_str_eq(list->at[i].kind, anchor->kind))
            return true;
    return false;
}

/* What remains of an event without those split off. */
static bool remaining(struct work *work, int64_t event, const struct store_anchors *figures,
                      struct store_anchors *others)
{
    struct store_anchors all;
    if (!anchors_of(work, event, 0, false, &all))
        return false;
    for (size_t i = 0; i < all.len; i++) {
        if (is_among(&all.at[i], figures))
            continue;
        struct store_anchor *other = dw_vec_push(&work->arena, others);
        if (other == NULL)
            return out_of_memory(work);
        *other = all.at[i];
    }
    return others->len > 0 || dw_error_set(work->err, DW_ERR_INPUT,
                                           "nothing would remain of event %lld: all that tells it "
                                           "comes from that source",
                                           (long long)event);
}

static bool name_figures(struct work *work, const struct engine_correction *what,
                         struct store_correction *row)
{
    if (what->action == STORE_ACTION_MERGE && what->event == what->other)
        return dw_error_set(work->err, DW_ERR_INPUT, "an event cannot be merged with itself");
    if (what->action == STORE_ACTION_MERGE)
        return anchors_of(work, what->event, 0, false, &row->others) &&
               anchors_of(work, what->other, 0, false, &row->figures);
    if (what->action == STORE_ACTION_SPLIT)
        return anchors_of(work, what->event, what->other, false, &row->figures) &&
               remaining(work, what->event, &row->figures, &row->others);
    return anchors_of(work, what->event, 0, true, &row->figures);
}

static bool add_and_enact(struct work *work, struct store_correction *row)
{
    return store_correction_add(work->store, row, &row->id, work->err) && enact(work, row, false);
}

/* Does it in a transaction of its own, or as a part of the one under way. */
static bool run(struct work *work, struct store_correction *row)
{
    if (!store_document_begin(work->store, work->err))
        return false;
    bool done = add_and_enact(work, row);
    if (done && work->arena.failed)
        done = out_of_memory(work);
    if (done && store_document_keep(work->store, work->err))
        return true;
    store_document_undo(work->store);
    return false;
}

bool engine_correct(struct store *store, const struct engine_correction *what, int64_t *id,
                    struct dw_error *err)
{
    struct work work = {.store = store, .err = err};
    struct store_correction row = {.at = what->at, .action = what->action, .text = what->text};
    dw_arena_init(&work.arena, ARENA_BYTES);
    bool done = check_text(&work, what) && name_figures(&work, what, &row) && run(&work, &row);
    if (done && id != NULL)
        *id = row.id;
    dw_arena_release(&work.arena);
    return done;
}

bool engine_correction_take(struct store *store, struct store_correction *row, struct dw_error *err)
{
    struct work work = {.store = store, .err = err};
    struct engine_correction what = {.action = row->action, .text = row->text};
    dw_arena_init(&work.arena, ARENA_BYTES);
    bool done = check_text(&work, &what) && run(&work, row);
    dw_arena_release(&work.arena);
    return done;
}

static bool undo(struct work *work, struct store_correction *row, int64_t id)
{
    if (!store_correction_get(work->store, &work->arena, id, row, work->err))
        return false;
    if (row->id == 0 || row->undone)
        return dw_error_set(work->err, DW_ERR_INPUT,
                            id == 0 ? "there is nothing to undo" : "there is no correction %lld",
                            (long long)id);
    return store_correction_mark(work->store, row->id, true, work->err) && enact(work, row, true);
}

bool engine_correction_undo(struct store *store, int64_t id, int64_t *undone, struct dw_error *err)
{
    struct work work = {.store = store, .err = err};
    struct store_correction row = {0};
    dw_arena_init(&work.arena, ARENA_BYTES);
    bool done = store_document_begin(store, err);
    if (done) {
        done = undo(&work, &row, id) && (!work.arena.failed || out_of_memory(&work)) &&
               store_document_keep(store, err);
        if (!done)
            store_document_undo(store);
    }
    if (done && undone != NULL)
        *undone = row.id;
    dw_arena_release(&work.arena);
    return done;
}
