/* Rows of words: what each table of the lexicon may say, told from what it may not. */
#include "lexicon-build.h"

#include <math.h>

/* "12", "0.01"; false: it is none, which the error says. */
static bool read_decimal(struct dw_str s, double *value, struct dw_error *err)
{
    double scale = 0;
    bool good = s.len > 0;
    *value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '.' && scale == 0 && i > 0) {
            scale = 1;
            continue;
        }
        good = good && dw_is_digit(s.at[i]);
        *value = *value * 10 + (s.at[i] - '0');
        scale *= 10;
    }
    if (!good)
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\" is no number", DW_FMT(s));
    *value = scale > 0 ? *value / scale : *value;
    return true;
}

static bool is_one_of(struct dw_str s, const struct dw_str *names, size_t count, size_t *index)
{
    for (*index = 0; *index < count; ++*index) {
        if (dw_str_eq(s, names[*index]))
            return true;
    }
    return false;
}

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/* ---- Words ---- */

static bool add_words(struct lexicon_builder *lexicon, const struct dw_str *cell,
                      struct dw_error *err)
{
    static const struct dw_str names[] = {
#define CLASS_TEXT(name, text) DW_STR_INIT(#text),
        WORD_CLASSES(CLASS_TEXT)
#undef CLASS_TEXT
    };
    size_t class;
    if (!is_one_of(cell[0], names, COUNT_OF(names), &class))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\" is no class of words", DW_FMT(cell[0]));
    struct dw_str rest = cell[1];
    struct dw_str word;
    while (dw_str_split(&rest, ' ', &word)) {
        uint32_t id = word.len > 0 ? lexicon_intern(lexicon, word) : 0;
        if (id == 0)
            return dw_error_set(err, DW_ERR_CONFIG, "two spaces between words");
        lexicon->lexemes.at[id].classes |= (uint64_t)1 << class;
    }
    return true;
}

/* Verbs by their forms; a verb of several rows has all of them. */
static bool add_verb(struct lexicon_builder *lexicon, const struct dw_str *cell,
                     struct dw_error *err)
{
    static const uint64_t forms[] = {CLASS(VERBBASE), CLASS(VERBS), CLASS(VERBPAST),
                                     CLASS(VERBPARTICIPLE), CLASS(VERBING)};
    struct verb_base *base = dw_vec_push(lexicon->arena, &lexicon->verbs);
    if (base == NULL)
        return false;
    *base = (struct verb_base){cell[0], dw_word_hash(cell[0])};
    for (size_t k = 0; k < COUNT_OF(forms); k++) {
        uint32_t id = cell[k].len > 0 ? lexicon_intern(lexicon, cell[k]) : 0;
        bool noun = dw_str_find_char(cell[5], k == 4 ? 'g' : 'n', 0) != SIZE_MAX;
        if (id == 0)
            return dw_error_set(err, DW_ERR_CONFIG, "a verb has five forms");
        struct lexeme *lexeme = &lexicon->lexemes.at[id];
        lexeme->classes |= forms[k];
        if (lexeme->verb == 0 && lexicon->verbs.len <= UINT16_MAX)
            lexeme->verb = (uint16_t)lexicon->verbs.len;
        if (noun && k != 2 && k != 3)
            lexeme->classes |= CLASS(VERBNOUN);
    }
    return true;
}

/* ---- Amounts ---- */

static bool add_number(struct lexicon_builder *lexicon, const struct dw_str *cell,
                       struct dw_error *err)
{
    double number;
    if (!read_decimal(cell[1], &number, err))
        return false;
    struct measure *measure = lexicon_measure_of(lexicon, lexicon_intern(lexicon, cell[0]));
    if (measure != NULL)
        measure->number = number;
    return measure != NULL;
}

static bool add_magnitude(struct lexicon_builder *lexicon, const struct dw_str *cell,
                          struct dw_error *err)
{
    double magnitude;
    bool glued = dw_str_eq(cell[2], DW_STR("glued"));
    if (!glued && !dw_str_eq(cell[2], DW_STR("free")))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\": a magnitude is free or glued",
                            DW_FMT(cell[2]));
    if (!read_decimal(cell[1], &magnitude, err))
        return false;
    struct measure *measure = lexicon_measure_of(lexicon, lexicon_intern(lexicon, cell[0]));
    if (measure == NULL)
        return false;
    measure->magnitude = magnitude;
    measure->glued_only = glued;
    return true;
}

static bool add_vague(struct lexicon_builder *lexicon, const struct dw_str *cell,
                      struct dw_error *err)
{
    double least;
    if (!read_decimal(cell[1], &least, err))
        return false;
    struct measure *measure = lexicon_measure_of(lexicon, lexicon_intern(lexicon, cell[0]));
    if (measure != NULL)
        measure->vague = least;
    return measure != NULL;
}

static bool add_unit(struct lexicon_builder *lexicon, const struct dw_str *cell,
                     struct dw_error *err)
{
    static const struct dw_str styles[] = {
        [UNIT_GLUED] = DW_STR_INIT("glued"), [UNIT_NEAR] = DW_STR_INIT("near"),
        [UNIT_STAFF] = DW_STR_INIT("staff"), [UNIT_USERS] = DW_STR_INIT("users"),
        [UNIT_CROWD] = DW_STR_INIT("crowd"), [UNIT_STRONG] = DW_STR_INIT("strong"),
        [UNIT_NEVER] = DW_STR_INIT("never"),
    };
    size_t style;
    double factor;
    if (!is_one_of(cell[3], styles, COUNT_OF(styles), &style))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\" is no group of units", DW_FMT(cell[3]));
    if (!read_decimal(cell[2], &factor, err))
        return false;
    struct unit *unit = dw_vec_push(lexicon->arena, &lexicon->units);
    if (unit == NULL)
        return false;
    *unit = (struct unit){.name = cell[1], .factor = factor, .style = (enum unit_style)style};
    struct sense sense = {.kind = SENSE_UNIT, .index = (uint32_t)(lexicon->units.len - 1)};
    return lexicon_add_phrase(lexicon, cell[0], sense);
}

static bool is_code(struct dw_str s)
{
    return s.len == 3 && dw_is_upper(s.at[0]) && dw_is_upper(s.at[1]) && dw_is_upper(s.at[2]);
}

static bool add_currency(struct lexicon_builder *lexicon, const struct dw_str *cell,
                         struct dw_error *err)
{
    static const struct dw_str styles[] = {
        [CURRENCY_SIGN] = DW_STR_INIT("sign"),
        [CURRENCY_PREFIX] = DW_STR_INIT("prefix"),
        [CURRENCY_CODE] = DW_STR_INIT("code"),
        [CURRENCY_WORD] = DW_STR_INIT("word"),
    };
    bool unsure = dw_str_ends(cell[3], DW_STR("?"));
    size_t style;
    double factor;
    if (!is_code(cell[1]))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\" is no currency code of ISO 4217",
                            DW_FMT(cell[1]));
    if (!is_one_of(dw_str_slice(cell[3], 0, cell[3].len - unsure), styles, COUNT_OF(styles),
                   &style))
        return dw_error_set(err, DW_ERR_CONFIG,
                            "\"%.*s\": a currency stands as sign, prefix, code or word",
                            DW_FMT(cell[3]));
    if (!read_decimal(cell[2], &factor, err))
        return false;
    uint32_t word = lexicon_intern(lexicon, cell[0]);
    struct measure *measure = lexicon_measure_of(lexicon, word);
    struct currency *currency = dw_vec_push(lexicon->arena, &lexicon->currencies);
    if (measure == NULL || currency == NULL)
        return false;
    *currency = (struct currency){.word = word,
                                  .code = cell[1],
                                  .factor = factor,
                                  .unsure = unsure,
                                  .style = (enum currency_style)style};
    measure->currencies[style] = (uint16_t)lexicon->currencies.len;
    return true;
}

/* ---- Cues ---- */

static bool add_qualifier(struct lexicon_builder *lexicon, const struct dw_str *cell,
                          struct dw_error *err)
{
    struct qualifier_sense row = {.before = dw_str_eq(cell[2], DW_STR("before"))};
    if (!row.before && !dw_str_eq(cell[2], DW_STR("after")))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\": a qualifier stands before or after",
                            DW_FMT(cell[2]));
    if (!dw_qualifier_find(cell[1], &row.qualifier))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\" is no qualifier", DW_FMT(cell[1]));
    struct qualifier_sense *added = dw_vec_push(lexicon->arena, &lexicon->qualifiers);
    if (added == NULL)
        return false;
    *added = row;
    struct sense sense = {.kind = SENSE_QUALIFIER,
                          .index = (uint32_t)(lexicon->qualifiers.len - 1)};
    return lexicon_add_phrase(lexicon, cell[0], sense);
}

static bool add_status(struct lexicon_builder *lexicon, const struct dw_str *cell,
                       struct dw_error *err)
{
    enum dw_status status;
    if (!dw_status_find(cell[1], &status))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\" is no status", DW_FMT(cell[1]));
    enum dw_status *added = dw_vec_push(lexicon->arena, &lexicon->statuses);
    if (added == NULL)
        return false;
    *added = status;
    struct sense sense = {.kind = SENSE_STATUS, .index = (uint32_t)(lexicon->statuses.len - 1)};
    return lexicon_add_phrase(lexicon, cell[0], sense);
}

/* One role of a trigger: "s=f", "into=t". */
static bool read_role(struct lexicon_builder *lexicon, struct dw_str part, struct trigger *trigger,
                      struct dw_error *err)
{
    size_t equals = dw_str_find_char(part, '=', 0);
    struct dw_str place = dw_str_slice(part, 0, equals);
    char role = equals != SIZE_MAX && equals + 2 == part.len ? part.at[equals + 1] : '?';
    if (place.len == 0 || dw_str_find_char(DW_STR("ftsw-"), role, 0) == SIZE_MAX)
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\": a role is written s=f, in=t or o=-",
                            DW_FMT(part));
    role = role == '-' ? '\0' : role;
    if (dw_str_eq(place, DW_STR("s")))
        trigger->subject = role;
    else if (dw_str_eq(place, DW_STR("g")))
        trigger->owner = role;
    else if (dw_str_eq(place, DW_STR("o")))
        trigger->object = role;
    else if (dw_str_eq(place, DW_STR("p")))
        trigger->passive = role;
    else if (trigger->preposition_count < TRIGGER_PREPOSITIONS && role != '\0') {
        trigger->prepositions[trigger->preposition_count].word = lexicon_intern(lexicon, place);
        trigger->prepositions[trigger->preposition_count++].role = role;
    }
    return true;
}

static bool read_roles(struct lexicon_builder *lexicon, struct dw_str roles,
                       struct trigger *trigger, struct dw_error *err)
{
    struct dw_str part;
    while (dw_str_split(&roles, ' ', &part)) {
        if (part.len > 0 && !dw_str_eq(part, DW_STR("-")) &&
            !read_role(lexicon, part, trigger, err))
            return false;
    }
    if (trigger->passive == '\0')
        trigger->passive = trigger->object;
    return true;
}

static bool add_trigger(struct lexicon_builder *lexicon, const struct dw_str *cell,
                        struct dw_error *err)
{
    enum { HEAVIEST = 11 };
    double weight;
    struct trigger row = {.kind = DW_KIND_MONEY, .row = (uint32_t)lexicon->triggers.len};
    bool verb = dw_str_eq(cell[1], DW_STR("v"));
    row.part = verb ? TRIGGER_VERB : TRIGGER_NOUN;
    row.light = !dw_kind_find(cell[2], &row.kind);
    if (!verb && !dw_str_eq(cell[1], DW_STR("n")))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\": a trigger is v or n", DW_FMT(cell[1]));
    if (row.light && !dw_str_eq(cell[2], DW_STR("light")))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\" is no kind", DW_FMT(cell[2]));
    if (!read_decimal(cell[3], &weight, err) || !read_roles(lexicon, cell[4], &row, err))
        return false;
    if (weight > HEAVIEST || row.row >= KIND_ROWS)
        return dw_error_set(err, DW_ERR_CONFIG, "weights go to %d, triggers to %d", HEAVIEST,
                            KIND_ROWS);
    row.weight = (int)weight;
    struct dw_str all = cell[0];
    dw_str_split(&all, '|', &row.name);
    struct trigger *added = dw_vec_push(lexicon->arena, &lexicon->triggers);
    if (added == NULL)
        return false;
    *added = row;
    struct dw_str forms = cell[0];
    struct dw_str form;
    while (dw_str_split(&forms, '|', &form)) {
        struct sense sense = {.kind = SENSE_TRIGGER, .index = row.row};
        if (!lexicon_add_phrase(lexicon, form, sense))
            return false;
    }
    return true;
}

/* ---- All tables ---- */

#define COLUMN(n) (1u << (n))

const struct lexicon_table lexicon_tables[LEXICON_TABLES] = {
    {DW_STR_INIT("words"), 2, 2, 0, "class and words", add_words},
    {DW_STR_INIT("verbs"), 6, 6, COLUMN(0) | COLUMN(2), "five forms and whether they are nouns",
     add_verb},
    {DW_STR_INIT("numbers"), 2, 2, COLUMN(0), "word and number", add_number},
    {DW_STR_INIT("magnitudes"), 3, 3, COLUMN(0), "word, number and style", add_magnitude},
    {DW_STR_INIT("vague"), 2, 2, COLUMN(0), "word and least number", add_vague},
    {DW_STR_INIT("units"), 4, 4, COLUMN(0), "words, unit, value of one and group", add_unit},
    {DW_STR_INIT("currencies"), 4, 4, COLUMN(0) | COLUMN(3), "word, code, value of one and style",
     add_currency},
    {DW_STR_INIT("triggers"), 5, 4, COLUMN(0) | COLUMN(1) | COLUMN(2),
     "forms, v or n, kind, weight and roles", add_trigger},
    {DW_STR_INIT("qualifiers"), 3, 3, COLUMN(0) | COLUMN(2),
     "phrase, qualifier, and before or after", add_qualifier},
    {DW_STR_INIT("statuses"), 2, 2, COLUMN(0), "phrase and status", add_status},
    {DW_STR_INIT("places"), 3, 2, COLUMN(0), "name, what it is and its currency",
     lexicon_add_place},
    {DW_STR_INIT("people"), 3, 2, COLUMN(0), "name, company and title", lexicon_add_person},
    {DW_STR_INIT("companies"), 4, 1, COLUMN(0), "name, ticker, category and aliases",
     lexicon_add_company},
};

/* The cells that tell a row from others, as one text. */
static struct dw_str key_of(struct dw_arena *arena, const struct lexicon_table *table,
                            const struct dw_str *cell)
{
    struct dw_str key = DW_STR("");
    if (table->key == COLUMN(0))
        return cell[0];
    for (size_t i = 0; i < table->columns; i++) {
        if (table->key & COLUMN(i))
            key = dw_str_format(arena, "%.*s\t%.*s", DW_FMT(key), DW_FMT(cell[i]));
    }
    return key;
}

bool lexicon_add_row(struct lexicon_builder *lexicon, const struct lexicon_table *table,
                     struct dw_map *seen, const struct dw_str *cell, size_t columns,
                     struct dw_error *err)
{
    bool full = columns >= table->needed && columns <= table->columns;
    for (size_t i = 0; i < table->needed; i++)
        full = full && cell[i].len > 0;
    if (!full)
        return dw_error_set(err, DW_ERR_CONFIG, "wanted are %s, separated by tabs", table->wanted);
    struct dw_str key = key_of(lexicon->arena, table, cell);
    uint64_t line;
    if (table->key != 0 && dw_map_get(seen, key, &line))
        return dw_error_set(err, DW_ERR_CONFIG, "\"%.*s\" stands in line %llu already",
                            DW_FMT(cell[0]), (unsigned long long)line);
    if (table->key != 0 && !dw_map_put(seen, key, lexicon->line))
        return false;
    return table->add(lexicon, cell, err);
}

/* A cell made harmless; nearly all are so as they stand. */
static struct dw_str clean_cell(struct dw_arena *arena, struct dw_str cell)
{
    cell = dw_str_trim(cell);
    for (size_t i = 0; i < cell.len; i++) {
        bool plain = cell.at[i] > ' ' && cell.at[i] < 0x7F;
        if (!plain && (cell.at[i] != ' ' || cell.at[i - 1] == ' '))
            return dw_text_clean(arena, cell, DW_CLEAN_LINE);
    }
    return cell;
}

bool lexicon_add_text(struct lexicon_builder *lexicon, const struct lexicon_table *table,
                      struct dw_str text, struct dw_error *err)
{
    struct dw_error why = {0};
    struct dw_map seen;
    struct dw_str line;
    bool good = true;
    text = dw_str_dup(lexicon->arena, text);
    dw_map_init(&seen, lexicon->arena);
    lexicon->line = 0;
    while (good && text.len > 0 && dw_str_split(&text, '\n', &line)) {
        lexicon->line++;
        line = dw_str_trim(line);
        if (line.len == 0 || line.at[0] == '#')
            continue;
        struct dw_str cell[DW_TSV_COLUMNS] = {{"", 0}};
        struct dw_str part;
        size_t columns = 0;
        for (; dw_str_split(&line, '\t', &part); columns++) {
            if (columns < DW_TSV_COLUMNS)
                cell[columns] = clean_cell(lexicon->arena, part);
        }
        good = lexicon_add_row(lexicon, table, &seen, cell, columns, &why);
    }
    if (lexicon->arena->failed)
        return dw_error_set(err, DW_ERR_MEMORY, "out of memory for %.*s.tsv", DW_FMT(table->name));
    if (!good)
        return dw_error_set(err, DW_ERR_CONFIG, "%.*s.tsv line %zu: %s", DW_FMT(table->name),
                            lexicon->line, why.message);
    return true;
}
