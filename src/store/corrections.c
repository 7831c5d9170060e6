/* What the user corrects: rows that name figures by where they are told, and what they mean for the
 * figures that stand there now. */
#include "internal.h"

static const struct dw_str action_names[STORE_ACTION_COUNT] = {
#define ACTION_NAME(name, text) [name] = DW_STR_INIT(text),
    STORE_ACTIONS(ACTION_NAME)
#undef ACTION_NAME
};

struct dw_str store_action_name(enum store_action action)
{
    return action_names[action];
}

bool store_action_find(struct dw_str name, enum store_action *action)
{
    for (int i = 0; i < STORE_ACTION_COUNT; i++) {
        if (!dw_str_eq(action_names[i], name))
            continue;
        *action = (enum store_action)i;
        return true;
    }
    return false;
}

/* Roles of the figures of a correction. */
enum { ROLE_FIGURES, ROLE_OTHERS };

/* Figure `f` with mention `m` stands where `x` says: of its kind if there is one of it. */
#define OVERLAPS(mention) \
    mention ".in_title = x.in_title AND " mention ".start < x.stop AND " mention ".stop > x.start"
#define STANDS_AT                                                                              \
    "f.article = x.article AND " OVERLAPS(                                                     \
        "m") " AND (f.kind = x.kind OR NOT EXISTS (SELECT 1 FROM figures g JOIN mentions o ON" \
             " o.figure = g.id WHERE g.article = x.article AND g.kind = x.kind AND " OVERLAPS( \
                 "o") "))"

/* ---- Writing --------------------------------------------------------------------------------- */

static bool put_figures(struct store *store, int64_t correction, int role,
                        const struct store_anchors *anchors, struct dw_error *err)
{
    static const char sql[] =
        "INSERT OR IGNORE INTO correction_figures (correction, role, article, in_title, start,"
        " stop, kind) VALUES (:correction, :role, :article, :in_title, :start, :stop, :kind)";
    for (size_t i = 0; i < anchors->len; i++) {
        const struct store_anchor *anchor = &anchors->at[i];
        struct ask ask = ask_begin(store, sql);
        ask_int(&ask, ":correction", correction);
        ask_int(&ask, ":role", role);
        ask_int(&ask, ":article", anchor->article);
        ask_int(&ask, ":in_title", anchor->in_title);
        ask_int(&ask, ":start", anchor->start);
        ask_int(&ask, ":stop", anchor->stop);
        ask_text(&ask, ":kind", anchor->kind);
        if (!ask_run(&ask, err, "store a correction"))
            return false;
    }
    return true;
}

static bool insert(struct store *store, const struct store_correction *in, int64_t *id,
                   struct dw_error *err)
{
    static const char sql[] = "INSERT INTO corrections (at, action, text) VALUES (:at, :action,"
                              " :text)";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":at", in->at);
    ask_text(&ask, ":action", action_names[in->action]);
    ask_text(&ask, ":text", in->text);
    if (!ask_run(&ask, err, "store a correction"))
        return false;
    *id = sqlite3_last_insert_rowid(store->db);
    return true;
}

bool store_correction_add(struct store *store, const struct store_correction *in, int64_t *id,
                          struct dw_error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool ok = insert(store, in, id, err) &&
              put_figures(store, *id, ROLE_FIGURES, &in->figures, err) &&
              put_figures(store, *id, ROLE_OTHERS, &in->others, err);
    return unit_end(store, &unit, ok, err);
}

bool store_correction_mark(struct store *store, int64_t id, bool undone, struct dw_error *err)
{
    struct ask ask = ask_begin(store, "UPDATE corrections SET undone = :undone WHERE id = :id");
    ask_int(&ask, ":undone", undone);
    ask_int(&ask, ":id", id);
    return ask_run(&ask, err, "undo a correction");
}

bool store_event_mark(struct store *store, int64_t event, const struct store_marks *marks,
                      struct dw_error *err)
{
    static const char sql[] = "UPDATE events SET starred = :starred, dismissed = :dismissed,"
                              " edited = :edited, note = :note WHERE id = :event";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":starred", marks->starred);
    ask_int(&ask, ":dismissed", marks->dismissed);
    ask_int(&ask, ":edited", marks->edited);
    ask_text(&ask, ":note", marks->note);
    ask_int(&ask, ":event", event);
    return ask_run(&ask, err, "mark an event");
}

/* ---- Reading --------------------------------------------------------------------------------- */

bool store_corrections_any(struct store *store)
{
    struct ask ask = ask_begin(store, "SELECT EXISTS (SELECT 1 FROM corrections)");
    return ask_number(&ask, 1) != 0;
}

static void anchor_read(struct ask *ask, struct dw_arena *arena, struct store_anchor *anchor)
{
    *anchor = (struct store_anchor){
        .article = ask_get_int(ask, 0),
        .in_title = ask_get_bool(ask, 1),
        .start = ask_get_int(ask, 2),
        .stop = ask_get_int(ask, 3),
        .kind = ask_get_text(ask, 4, arena),
        .link = ask_get_text(ask, 5, arena),
        .title = ask_get_text(ask, 6, arena),
    };
}

/* Reads the rows of a run that selects the columns of anchor_read(). */
static void anchors_read(struct ask *ask, struct dw_arena *arena, struct store_anchors *anchors)
{
    while (ask_row(ask)) {
        struct store_anchor *anchor = dw_vec_push(arena, anchors);
        if (anchor == NULL)
            return;
        anchor_read(ask, arena, anchor);
    }
}

bool store_event_anchors(struct store *store, struct dw_arena *arena, int64_t event,
                         int64_t article, struct store_anchors *anchors, struct dw_error *err)
{
    static const char sql[] =
        "SELECT f.article, m.in_title, m.start, m.stop, f.kind, a.url, a.title FROM figures f"
        " JOIN articles a ON a.id = f.article JOIN mentions m ON m.figure = f.id AND m.n = 0"
        " WHERE f.event = :event AND (:article IS NULL OR a.source = (SELECT source FROM articles"
        " WHERE id = :article)) ORDER BY f.at, f.id";
    *anchors = (struct store_anchors){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":event", event);
    ask_time(&ask, ":article", article != 0 ? article : DW_TIME_NONE);
    anchors_read(&ask, arena, anchors);
    return ask_end(&ask, err, "read an event's figures") && store_arena_ok(arena, err);
}

static bool figures_of(struct store *store, struct dw_arena *arena, int64_t correction, int role,
                       struct store_anchors *anchors, struct dw_error *err)
{
    static const char sql[] =
        "SELECT x.article, x.in_title, x.start, x.stop, x.kind, COALESCE(a.url, ''),"
        " COALESCE(a.title, '') FROM correction_figures x LEFT JOIN articles a ON a.id = x.article"
        " WHERE x.correction = :correction AND x.role = :role";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":correction", correction);
    ask_int(&ask, ":role", role);
    anchors_read(&ask, arena, anchors);
    return ask_end(&ask, err, "read a correction");
}

/* Adds the rows of a run that selects id, at, action, text, undone. */
static void corrections_read(struct ask *ask, struct dw_arena *arena,
                             struct store_corrections *corrections)
{
    while (ask_row(ask)) {
        enum store_action action;
        if (!store_action_find(ask_borrow_text(ask, 2), &action))
            continue; /* of a newer program */
        struct store_correction *correction = dw_vec_push(arena, corrections);
        if (correction == NULL)
            return;
        *correction = (struct store_correction){.id = ask_get_int(ask, 0),
                                                .at = ask_get_int(ask, 1),
                                                .action = action,
                                                .text = ask_get_text(ask, 3, arena),
                                                .undone = ask_get_bool(ask, 4)};
    }
}

bool store_correction_list(struct store *store, struct dw_arena *arena,
                           struct store_corrections *corrections, struct dw_error *err)
{
    *corrections = (struct store_corrections){0};
    struct ask ask = ask_begin(store, "SELECT id, at, action, text, undone FROM corrections"
                                      " ORDER BY id");
    corrections_read(&ask, arena, corrections);
    bool ok = ask_end(&ask, err, "list the corrections");
    for (size_t i = 0; ok && i < corrections->len; i++) {
        struct store_correction *c = &corrections->at[i];
        ok = figures_of(store, arena, c->id, ROLE_FIGURES, &c->figures, err) &&
             figures_of(store, arena, c->id, ROLE_OTHERS, &c->others, err);
    }
    return ok && store_arena_ok(arena, err);
}

bool store_correction_get(struct store *store, struct dw_arena *arena, int64_t id,
                          struct store_correction *correction, struct dw_error *err)
{
    static const char sql[] =
        "SELECT id, at, action, text, undone FROM corrections WHERE id = :id OR (:id = 0 AND"
        " id = (SELECT MAX(id) FROM corrections WHERE undone = 0))";
    struct store_corrections found = {0};
    *correction = (struct store_correction){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":id", id);
    corrections_read(&ask, arena, &found);
    if (!ask_end(&ask, err, "read a correction") || !store_arena_ok(arena, err))
        return false;
    if (found.len > 0)
        *correction = found.at[0];
    return true;
}

bool store_event_corrections(struct store *store, struct dw_arena *arena, int64_t event,
                             struct store_corrections *corrections, struct dw_error *err)
{
    static const char sql[] =
        "SELECT DISTINCT c.id, c.at, c.action, c.text, c.undone FROM figures f"
        " JOIN correction_figures x ON x.article = f.article AND x.role = 0"
        " JOIN mentions m ON m.figure = f.id JOIN corrections c ON c.id = x.correction"
        " WHERE f.event = :event AND c.undone = 0 AND c.action NOT IN ('merge', 'split')"
        " AND " STANDS_AT " ORDER BY c.id";
    *corrections = (struct store_corrections){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":event", event);
    corrections_read(&ask, arena, corrections);
    return ask_end(&ask, err, "read an event's corrections") && store_arena_ok(arena, err);
}

bool store_correction_figures(struct store *store, struct dw_arena *arena, int64_t correction,
                              bool others, struct store_links *figures, struct dw_error *err)
{
    static const char sql[] =
        "SELECT DISTINCT f.id, f.event, 0 FROM correction_figures x"
        " JOIN figures f ON f.article = x.article JOIN mentions m ON m.figure = f.id"
        " WHERE x.correction = :correction AND x.role = :role AND " STANDS_AT
        " ORDER BY f.at, f.id";
    *figures = (struct store_links){0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":correction", correction);
    ask_int(&ask, ":role", others);
    while (ask_row(&ask)) {
        struct store_link *link = dw_vec_push(arena, figures);
        if (link == NULL)
            break;
        *link = (struct store_link){ask_get_int(&ask, 0), ask_get_int(&ask, 1), false};
    }
    return ask_end(&ask, err, "read a correction") && store_arena_ok(arena, err);
}

/* A correction that a figure is named by, and as what. */
struct role {
    int64_t correction;
    int as; /* ROLE_FIGURES or ROLE_OTHERS */
    bool is_split;
};
struct roles {
    struct role *at;
    size_t len;
    size_t cap;
};

static bool roles_of(struct store *store, struct dw_arena *arena, int64_t figure,
                     struct roles *roles, struct dw_error *err)
{
    static const char sql[] =
        "SELECT DISTINCT c.id, x.role, c.action = 'split' FROM figures f"
        " JOIN correction_figures x ON x.article = f.article JOIN mentions m ON m.figure = f.id"
        " JOIN corrections c ON c.id = x.correction WHERE f.id = :figure AND c.undone = 0"
        " AND c.action IN ('merge', 'split') AND " STANDS_AT " ORDER BY c.id";
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":figure", figure);
    while (ask_row(&ask)) {
        struct role *role = dw_vec_push(arena, roles);
        if (role == NULL)
            break;
        *role =
            (struct role){ask_get_int(&ask, 0), (int)ask_get_int(&ask, 1), ask_get_bool(&ask, 2)};
    }
    return ask_end(&ask, err, "read a figure's corrections");
}

/* The other figures that one correction joins to a figure, or keeps apart from it. */
static bool add_links(struct store *store, struct dw_arena *arena, int64_t figure,
                      const struct role *role, struct store_links *links, struct dw_error *err)
{
    for (int other = ROLE_FIGURES; other <= ROLE_OTHERS; other++) {
        struct store_links figures;
        if (!store_correction_figures(store, arena, role->correction, other == ROLE_OTHERS,
                                      &figures, err))
            return false;
        /* those that were not split off may part by themselves */
        if (role->is_split && other == ROLE_OTHERS && role->as == ROLE_OTHERS)
            continue;
        for (size_t i = 0; i < figures.len; i++) {
            if (figures.at[i].figure == figure)
                continue;
            struct store_link *link = dw_vec_push(arena, links);
            if (link == NULL)
                return store_arena_ok(arena, err);
            *link = figures.at[i];
            link->apart = role->is_split && other != role->as;
        }
    }
    return true;
}

bool store_figure_links(struct store *store, struct dw_arena *arena, int64_t figure,
                        struct store_links *links, struct dw_error *err)
{
    struct roles roles = {0};
    *links = (struct store_links){0};
    if (!roles_of(store, arena, figure, &roles, err))
        return false;
    for (size_t i = 0; i < roles.len; i++)
        if (!add_links(store, arena, figure, &roles.at[i], links, err))
            return false;
    return store_arena_ok(arena, err);
}

int64_t store_article_by_link(struct store *store, struct dw_str link, struct dw_str title)
{
    static const char sql[] =
        "SELECT id FROM articles WHERE (:link <> '' AND (url = :link OR identity = :link))"
        " OR (:link = '' AND title = :title) ORDER BY id LIMIT 1";
    struct ask ask = ask_begin(store, sql);
    ask_text(&ask, ":link", link);
    ask_text(&ask, ":title", title);
    return ask_number(&ask, 0);
}
