/* What the user says of events wins over matching, survives new readings, and can be undone. */
#include "place-test.h"

static struct told story(struct fixture *f, int number, const char *from, const char *to,
                         double value)
{
    struct told told = {
        .figure = {.kind = DW_KIND_INVESTMENT,
                   .unit = DW_STR("USD"),
                   .value = value,
                   .low = value,
                   .high = value,
                   .status = DW_STATUS_TALKS,
                   .confidence = 0.9},
        .published = NOW - (int64_t)(30 - number) * DAY,
        .number = number,
        .sentence = DW_STR("It pays."),
    };
    dw_strs_push(&f->arena, &told.figure.from, dw_str_from_c(from));
    dw_strs_push(&f->arena, &told.figure.to, dw_str_from_c(to));
    return told;
}

/* Two events: Amazon with OpenAI, told twice, and Nvidia with Anthropic. */
static void tell_stories(struct fixture *f)
{
    struct told first = story(f, 1, "Amazon", "OpenAI", 10e9);
    struct told second = story(f, 2, "Amazon", "OpenAI", 10e9);
    struct told other = story(f, 3, "Nvidia", "Anthropic", 2e9);
    begin(f, 0);
    tell(f, &first);
    tell(f, &second);
    tell(f, &other);
}

static int64_t event_of(struct fixture *f, int64_t figure)
{
    struct store_page page = {.limit = 100};
    struct store_figure_rows rows;
    OK(store_figure_list(f->store, &f->arena, &page, &rows, &f->err));
    for (size_t i = 0; i < rows.len; i++)
        if (rows.at[i].article == figure)
            return rows.at[i].event;
    return 0;
}

static struct store_event_row row_of(struct fixture *f, int64_t event)
{
    struct store_event read;
    OK(store_event_read(f->store, &f->arena, event, &read, &f->err));
    return read.row;
}

static void correct(struct fixture *f, enum store_action action, int64_t event, int64_t other,
                    const char *text)
{
    struct engine_correction what = {
        .action = action, .event = event, .other = other, .text = dw_str_from_c(text), .at = NOW};
    OK(engine_correct(f->store, &what, NULL, &f->err));
}

static void undo(struct fixture *f)
{
    OK(engine_correction_undo(f->store, 0, NULL, &f->err));
}

static void refuses(struct fixture *f, struct engine_correction what, const char *words)
{
    f->err = (struct dw_error){0};
    assert_false(engine_correct(f->store, &what, NULL, &f->err));
    if (dw_str_find(dw_str_from_c(f->err.message), dw_str_from_c(words), 0) == SIZE_MAX)
        fail_msg("\"%s\" does not say \"%s\"", f->err.message, words);
}

static void an_edit_shows_and_its_undoing_brings_back_what_was_read(void **state)
{
    struct fixture *f = *state;
    tell_stories(f);
    int64_t event = event_of(f, 1);
    correct(f, STORE_ACTION_EDIT, event, 0, "status=denied\nvalue=12e9\nto=Mistral|Cohere\n");
    struct store_event_row row = row_of(f, event);
    assert_int_equal(row.figure.status, DW_STATUS_DENIED);
    assert_true(row.figure.value == 12e9 && row.usd == 12e9);
    assert_int_equal(row.figure.to.len, 2);
    /* another text of the same deal does not undo it, and still belongs to it */
    struct told third = story(f, 4, "Amazon", "OpenAI", 10e9);
    third.figure.to = (struct dw_strs){0};
    tell(f, &third);
    assert_int_equal(event_of(f, 4), event);
    assert_true(row_of(f, event).figure.value == 12e9);
    undo(f);
    row = row_of(f, event);
    assert_int_equal(row.figure.status, DW_STATUS_TALKS);
    assert_true(row.figure.value == 10e9);
    assert_int_equal(row.figure.to.len, 1);
}

static void marks_are_set_and_undone_one_by_one(void **state)
{
    struct fixture *f = *state;
    tell_stories(f);
    int64_t event = event_of(f, 1);
    correct(f, STORE_ACTION_STAR, event, 0, "on");
    correct(f, STORE_ACTION_NOTE, event, 0, "watch");
    correct(f, STORE_ACTION_NOTE, event, 0, "watch closely");
    correct(f, STORE_ACTION_DISMISS, event, 0, "on");
    struct store_page page = {.limit = 10};
    struct store_event_rows rows;
    OK(store_event_list(f->store, &f->arena, &page, &rows, &f->err));
    assert_int_equal(rows.len, 1);
    undo(f);
    assert_true(row_of(f, event).starred);
    assert_string_equal(row_of(f, event).note.at, "watch closely");
    undo(f);
    assert_string_equal(row_of(f, event).note.at, "watch");
    correct(f, STORE_ACTION_STAR, event, 0, "off");
    assert_false(row_of(f, event).starred);
    undo(f);
    assert_true(row_of(f, event).starred);
}

static void merged_events_stay_one_and_part_again(void **state)
{
    struct fixture *f = *state;
    tell_stories(f);
    int64_t target = event_of(f, 1);
    int64_t source = event_of(f, 3);
    correct(f, STORE_ACTION_MERGE, target, source, "");
    assert_int_equal(event_of(f, 3), target);
    assert_int_equal(row_of(f, source).id, 0);
    /* a late figure moves its neighbours, not what the user joined */
    struct told late = story(f, 0, "Nvidia", "Anthropic", 2e9);
    tell(f, &late);
    assert_int_equal(event_of(f, 3), target);
    undo(f);
    assert_int_not_equal(event_of(f, 3), target);
    assert_int_equal(event_of(f, 2), target);
    assert_int_equal(event_of(f, 3), event_of(f, 4));
}

static void a_source_split_off_stays_apart_until_undone(void **state)
{
    struct fixture *f = *state;
    tell_stories(f);
    int64_t event = event_of(f, 1);
    assert_int_equal(event_of(f, 2), event);
    correct(f, STORE_ACTION_SPLIT, event, 2, "");
    int64_t other = event_of(f, 2);
    assert_true(other != 0 && other != event);
    struct told late = story(f, 0, "Amazon", "OpenAI", 10e9);
    tell(f, &late);
    assert_int_equal(event_of(f, 4), event_of(f, 1));
    assert_int_not_equal(event_of(f, 2), event_of(f, 1));
    undo(f);
    assert_int_equal(event_of(f, 2), event_of(f, 1));
}

static void corrections_hold_when_an_article_is_read_anew(void **state)
{
    struct fixture *f = *state;
    tell_stories(f);
    correct(f, STORE_ACTION_STAR, event_of(f, 1), 0, "on");
    correct(f, STORE_ACTION_MERGE, event_of(f, 1), event_of(f, 3), "");
    for (int number = 1; number <= 3; number++) {
        struct told again = number < 3 ? story(f, number, "Amazon", "OpenAI", 11e9)
                                       : story(f, number, "Nvidia", "Anthropic", 3e9);
        tell(f, &again);
    }
    assert_int_equal(event_of(f, 3), event_of(f, 1));
    assert_true(row_of(f, event_of(f, 1)).starred);
}

static void events_made_anew_of_all_figures_keep_what_was_corrected(void **state)
{
    struct fixture *f = *state;
    tell_stories(f);
    correct(f, STORE_ACTION_NOTE, event_of(f, 1), 0, "watch");
    correct(f, STORE_ACTION_MERGE, event_of(f, 1), event_of(f, 3), "");
    OK(store_events_drop(f->store, &f->err));
    assert_int_equal(event_of(f, 1), 0);
    OK(engine_place_all(f->store, &f->err));
    assert_true(event_of(f, 1) != 0);
    assert_int_equal(event_of(f, 3), event_of(f, 1));
    assert_string_equal(row_of(f, event_of(f, 1)).note.at, "watch");
    struct dw_strs problems;
    OK(store_check(f->store, &f->arena, &problems, &f->err));
    assert_int_equal(problems.len, 0);
}

static void reading_anew_with_the_same_extractor_changes_no_event(void **state)
{
    struct fixture *f = *state;
    struct dw_extractor *extractor = dw_extractor_new(DW_STR(""), &f->err);
    struct store_counts before;
    struct store_counts after;
    begin(f, 0);
    struct told told = story(f, 1, "Amazon", "OpenAI", 10e9);
    told.sentence = DW_STR("Amazon has invested $10 billion in OpenAI, it said on Monday.");
    tell(f, &told);
    OK(engine_reread(f->store, extractor, NULL, NULL, &f->err));
    OK(store_counts(f->store, &before, &f->err));
    OK(engine_reread(f->store, extractor, NULL, NULL, &f->err));
    OK(store_counts(f->store, &after, &f->err));
    assert_int_equal(before.figures, 1);
    assert_int_equal(before.events, 1);
    assert_memory_equal(&before, &after, sizeof before);
    dw_extractor_free(extractor);
}

static void what_cannot_be_is_refused(void **state)
{
    struct fixture *f = *state;
    tell_stories(f);
    int64_t event = event_of(f, 1);
    int64_t other = event_of(f, 3);
    struct engine_correction what = {.action = STORE_ACTION_EDIT, .event = event};
    what.text = DW_STR("colour=red");
    refuses(f, what, "colour");
    what.text = DW_STR("status=maybe");
    refuses(f, what, "maybe");
    what.text = DW_STR("value=much");
    refuses(f, what, "much");
    what = (struct engine_correction){.action = STORE_ACTION_STAR, .event = 99};
    what.text = DW_STR("on");
    refuses(f, what, "no event 99");
    what = (struct engine_correction){STORE_ACTION_MERGE, event, event, DW_STR(""), NOW};
    refuses(f, what, "itself");
    what = (struct engine_correction){STORE_ACTION_SPLIT, other, 3, DW_STR(""), NOW};
    refuses(f, what, "nothing would remain");
    f->err = (struct dw_error){0};
    assert_false(engine_correction_undo(f->store, 0, NULL, &f->err));
}

static void no_memory_is_an_error_and_changes_nothing(void **state)
{
    struct fixture *f = *state;
    tell_stories(f);
    int64_t target = event_of(f, 1);
    int64_t source = event_of(f, 3);
    struct engine_correction what = {STORE_ACTION_MERGE, target, source, DW_STR(""), NOW};
    for (size_t n = 1;; n++) {
        OK(store_begin(f->store, &f->err));
        unit_fail_after(n);
        bool done = engine_correct(f->store, &what, NULL, &f->err);
        unit_fail_after(SIZE_MAX);
        if (done) {
            OK(store_commit(f->store, &f->err));
            break;
        }
        store_rollback(f->store);
        assert_int_equal(event_of(f, 3), source);
    }
    assert_int_equal(event_of(f, 3), target);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_store, close_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(an_edit_shows_and_its_undoing_brings_back_what_was_read),
        CASE(marks_are_set_and_undone_one_by_one),
        CASE(merged_events_stay_one_and_part_again),
        CASE(a_source_split_off_stays_apart_until_undone),
        CASE(corrections_hold_when_an_article_is_read_anew),
        CASE(events_made_anew_of_all_figures_keep_what_was_corrected),
        CASE(reading_anew_with_the_same_extractor_changes_no_event),
        CASE(what_cannot_be_is_refused),
        CASE(no_memory_is_an_error_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
