/* Events: writing their state. */
#include "internal.h"

#include <math.h>
#include <string.h>

/* ---- State ----------------------------------------------------------------------------------- */

/* How far along: the order of statuses, denied apart at the end. */
static int64_t ladder_of(enum dw_status status)
{
    return status == DW_STATUS_DENIED ? -1 : (int64_t)status;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Up or down, by the last change of value. */
static int64_t trend_of(const struct store_event_in *in)
{
    for (size_t i = in->revision_count; i > 1; i--) {
        double now = in->revisions[i - 1].value;
        double before = in->revisions[i - 2].value;
        if (isnan(now) || isnan(before) || now == before)
            continue;
        return now > before ? 1 : -1;
    }
    return 0;
}

/* The keys as the event's row keeps them, so that they are found again. */
static struct dw_str key_bytes(const struct store_event_in *in)
{
    return (struct dw_str){(const char *)in->keys, in->key_count * sizeof *in->keys};
}

static void bind_state(struct ask *ask, struct dw_arena *arena, const struct store_event_in *in)
{
    const struct dw_figure *figure = in->figure;
    const struct dw_strs *first = figure->from.len > 0 ? &figure->from : &figure->to;
    struct dw_str company = first->len > 0 ? dw_utf8_fold(arena, first->at[0]) : DW_STR("");
    figure_bind(ask, arena, figure);
    ask_real(ask, ":confidence", in->confidence);
    ask_real(ask, ":usd", in->usd);
    ask_real(ask, ":amount", figure_amount(figure, in->usd));
    ask_text(ask, ":company", company);
    ask_int(ask, ":ladder", ladder_of(figure->status));
    ask_int(ask, ":first_seen", in->first_seen);
    ask_int(ask, ":last_seen", in->last_seen);
    ask_int(ask, ":sources", in->sources);
    ask_int(ask, ":revisions", in->revision_count > 0 ? (int64_t)in->revision_count - 1 : 0);
    ask_int(ask, ":trend", trend_of(in));
    ask_text(ask, ":told", in->told);
    ask_blob(ask, ":keys", key_bytes(in));
}

static bool put_parties(struct store *store, const struct store_event_in *in, enum store_role role,
                        int64_t event, struct dw_error *err)
{
    static const char sql[] =
        "INSERT OR IGNORE INTO event_parties (event, role, company, name, kind, last_seen, share)"
        " VALUES (:event, :role, :company, :name, :kind, :last_seen, :share)";
    const struct dw_strs *names = role == STORE_ROLE_FROM ? &in->figure->from : &in->figure->to;
    double amount = figure_amount(in->figure, in->usd);
    double share = in->figure->each || names->len == 0 ? amount : amount / (double)names->len;
    for (size_t i = 0; i < names->len; i++) {
        struct dw_scratch scratch = dw_scratch_begin(&store->arena);
        struct ask ask = ask_begin(store, sql);
        ask_int(&ask, ":event", event);
        ask_int(&ask, ":role", role);
        ask_text(&ask, ":company", dw_utf8_fold(&store->arena, names->at[i]));
        ask_text(&ask, ":name", names->at[i]);
        ask_text(&ask, ":kind", dw_kind_name(in->figure->kind));
        ask_int(&ask, ":last_seen", in->last_seen);
        ask_real(&ask, ":share", share);
        bool ok = ask_run(&ask, err, "store an event") && scratch_ok(store, err);
        dw_scratch_end(scratch);
        if (!ok)
            return false;
    }
    return true;
}

static bool put_revisions(struct store *store, const struct store_event_in *in, int64_t event,
                          struct dw_error *err)
{
    static const char sql[] =
        "INSERT INTO event_revisions (event, n, figure, at, qualifier, value, low, high, status)"
        " VALUES (:event, :n, :figure, :at, :qualifier, :value, :low, :high, :status)";
    for (size_t i = 0; i < in->revision_count; i++) {
        const struct store_revision *revision = &in->revisions[i];
        struct ask ask = ask_begin(store, sql);
        ask_int(&ask, ":event", event);
        ask_int(&ask, ":n", (int64_t)i);
        ask_int(&ask, ":figure", revision->figure);
        ask_int(&ask, ":at", revision->at);
        ask_text(&ask, ":qualifier", dw_qualifier_name(revision->qualifier));
        ask_real(&ask, ":value", revision->value);
        ask_real(&ask, ":low", revision->low);
        ask_real(&ask, ":high", revision->high);
        ask_text(&ask, ":status", dw_status_name(revision->status));
        if (!ask_run(&ask, err, "store an event"))
            return false;
    }
    return true;
}

int64_t event_size(double usd)
{
    return usd > 0 && isfinite(usd) ? (int64_t)lround(log(usd) * 100) : STORE_SIZE_NONE;
}

static bool put_keys(struct store *store, const struct store_event_in *in, int64_t event,
                     struct dw_error *err)
{
    static const char sql[] = "INSERT OR IGNORE INTO event_keys (key, last_seen, event, size)"
                              " VALUES (:key, :last_seen, :event, :size)";
    for (size_t i = 0; i < in->key_count; i++) {
        struct ask ask = ask_begin(store, sql);
        ask_int(&ask, ":key", in->keys[i]);
        ask_int(&ask, ":last_seen", in->last_seen);
        ask_int(&ask, ":event", event);
        ask_time(&ask, ":size", event_size(in->usd));
        if (!ask_run(&ask, err, "store an event"))
            return false;
    }
    return true;
}

/* The keys that the event's row tells. */
static bool drop_keys(struct store *store, int64_t event, struct dw_error *err)
{
    static const char find[] = "SELECT keys, last_seen FROM events WHERE id = :event";
    static const char drop[] =
        "DELETE FROM event_keys WHERE key = :key AND last_seen = :last_seen AND event = :event";
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct ask ask = ask_begin(store, find);
    struct dw_str bytes = DW_STR("");
    int64_t last_seen = 0;
    ask_int(&ask, ":event", event);
    if (ask_row(&ask)) {
        bytes = ask_get_text(&ask, 0, &store->arena);
        last_seen = ask_get_int(&ask, 1);
    }
    bool ok = ask_end(&ask, err, "change an event") && scratch_ok(store, err);
    for (size_t at = 0; ok && at + sizeof(int64_t) <= bytes.len; at += sizeof(int64_t)) {
        int64_t key;
        memcpy(&key, bytes.at + at, sizeof key);
        ask = ask_begin(store, drop);
        ask_int(&ask, ":key", key);
        ask_int(&ask, ":last_seen", last_seen);
        ask_int(&ask, ":event", event);
        ok = ask_run(&ask, err, "change an event");
    }
    dw_scratch_end(scratch);
    return ok;
}

static bool put_details(struct store *store, const struct store_event_in *in, int64_t event,
                        struct dw_error *err)
{
    return put_parties(store, in, STORE_ROLE_FROM, event, err) &&
           put_parties(store, in, STORE_ROLE_TO, event, err) &&
           put_revisions(store, in, event, err) && put_keys(store, in, event, err);
}

static bool insert_event(struct store *store, const struct store_event_in *in, int64_t *event,
                         struct dw_error *err)
{
    static const char sql[] =
        "INSERT INTO events (kind, unit, qualifier, value, low, high, each, status, term, period,"
        " payer, payee, confidence, usd, amount, company, ladder, first_seen, last_seen, sources,"
        " revisions, trend, told, keys) VALUES (:kind, :unit, :qualifier, :value, :low, :high, "
        ":each, "
        ":status,"
        " :term, :period, :payer, :payee, :confidence, :usd, :amount, :company, :ladder,"
        " :first_seen, :last_seen, :sources, :revisions, :trend, :told, :keys)";
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct ask ask = ask_begin(store, sql);
    bind_state(&ask, &store->arena, in);
    bool ok = ask_run(&ask, err, "store an event") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    *event = ok ? sqlite3_last_insert_rowid(store->db) : 0;
    store->added.events += ok;
    return ok;
}

bool store_event_new(struct store *store, const struct store_event_in *in, int64_t *event,
                     struct dw_error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool ok = insert_event(store, in, event, err) && put_details(store, in, *event, err);
    return unit_end(store, &unit, ok, err);
}

/* Whether value or status differ from what is stored. */
static bool is_revised(struct store *store, int64_t event, const struct store_event_in *in,
                       bool *revised, struct dw_error *err)
{
    static const char sql[] = "SELECT " FIGURE_COLUMNS("e") " FROM events e WHERE e.id = :event";
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct dw_figure former = {0};
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":event", event);
    if (ask_row(&ask))
        figure_read(&ask, 0, &store->arena, &former);
    bool ok = ask_end(&ask, err, "update an event") && scratch_ok(store, err);
    const struct dw_figure *now = in->figure;
    *revised = former.status != now->status || former.qualifier != now->qualifier ||
               !same_number(former.value, now->value) || !same_number(former.low, now->low) ||
               !same_number(former.high, now->high);
    dw_scratch_end(scratch);
    return ok;
}

static bool update_event(struct store *store, const struct store_event_in *in, int64_t event,
                         struct dw_error *err)
{
    static const char sql[] =
        "UPDATE events SET kind = :kind, unit = :unit, qualifier = :qualifier, value = :value,"
        " low = :low, high = :high, each = :each, status = :status, term = :term,"
        " period = :period, payer = :payer, payee = :payee, confidence = :confidence, usd = :usd,"
        " amount = :amount, company = :company, ladder = :ladder, first_seen = :first_seen,"
        " last_seen = :last_seen, sources = :sources, revisions = :revisions, trend = :trend, told "
        "= :told, keys = :keys"
        " WHERE id = :event";
    struct dw_scratch scratch = dw_scratch_begin(&store->arena);
    struct ask ask = ask_begin(store, sql);
    bind_state(&ask, &store->arena, in);
    ask_int(&ask, ":event", event);
    bool ok = ask_run(&ask, err, "update an event") && scratch_ok(store, err);
    dw_scratch_end(scratch);
    return ok;
}

static bool run_for_event(struct store *store, const char *sql, int64_t event, struct dw_error *err)
{
    struct ask ask = ask_begin(store, sql);
    ask_int(&ask, ":event", event);
    return ask_run(&ask, err, "change an event");
}

bool store_event_update(struct store *store, int64_t event, const struct store_event_in *in,
                        bool *revised, struct dw_error *err)
{
    bool changed = false;
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool ok =
        is_revised(store, event, in, &changed, err) && drop_keys(store, event, err) &&
        update_event(store, in, event, err) &&
        run_for_event(store, "DELETE FROM event_parties WHERE event = :event", event, err) &&
        run_for_event(store, "DELETE FROM event_revisions WHERE event = :event", event, err) &&
        put_details(store, in, event, err);
    if (revised != NULL)
        *revised = changed;
    return unit_end(store, &unit, ok, err);
}

bool store_event_attach(struct store *store, int64_t event, int64_t figure, struct dw_error *err)
{
    struct ask ask = ask_begin(store, "UPDATE figures SET event = :event WHERE id = :figure");
    ask_time(&ask, ":event", event != 0 ? event : DW_TIME_NONE);
    ask_int(&ask, ":figure", figure);
    return ask_run(&ask, err, "put a figure into an event");
}

bool store_event_delete(struct store *store, int64_t event, struct dw_error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool ok = drop_keys(store, event, err) &&
              run_for_event(store, "DELETE FROM events WHERE id = :event", event, err);
    return unit_end(store, &unit, ok, err);
}
