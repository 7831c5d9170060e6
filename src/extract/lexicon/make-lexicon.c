/* Writes the lexicon as C, so that the program finds it ready: make-lexicon OUTPUT, at build time.
 */
#include "lexicon-build.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEXICON_BYTES ((size_t)256 << 20)

#define TABLES(X) \
    X(words)      \
    X(verbs)      \
    X(numbers)    \
    X(magnitudes) \
    X(vague)      \
    X(units)      \
    X(currencies) \
    X(triggers)   \
    X(qualifiers) \
    X(statuses)   \
    X(places)     \
    X(people)     \
    X(companies)
#define DECLARE(name) extern const struct dw_tsv extract_##name;
TABLES(DECLARE)
#undef DECLARE

static void write_text(FILE *out, struct dw_str s)
{
    fputs("DW_STR_INIT(\"", out);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool plain = c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '?';
        if (plain)
            fputc(c, out);
        else
            fprintf(out, "\\%03o", c);
    }
    fputs("\")", out);
}

static void write_number(FILE *out, double number)
{
    if (isnan(number))
        fputs("NAN", out);
    else
        fprintf(out, "%a", number);
}

static void write_floats(FILE *out, const char *name, const float *at, size_t bytes)
{
    fprintf(out, "    .%s = {", name);
    for (size_t i = 0; i < bytes / sizeof *at; i++)
        fprintf(out, at[i] == 0 ? "%s0," : "%s%af,", i % 16 == 0 ? "\n" : " ", (double)at[i]);
    fputs("},\n", out);
}

/* ---- Words and phrases ---- */

static void write_words(FILE *out, const struct lexicon *l)
{
    fprintf(out, "static const struct word_slot slots[] = {\n");
    for (size_t i = 0; i < l->slot_cap; i++)
        fprintf(out, "{%" PRIu32 "u, %" PRIu32 "u},\n", l->slots[i].hash, l->slots[i].id);
    fprintf(out, "};\nstatic const struct lexeme lexemes[] = {\n");
    for (size_t i = 0; i < l->lexemes.len; i++) {
        const struct lexeme *x = &l->lexemes.at[i];
        fprintf(out,
                "{%" PRIu64 "u, %" PRIu64 "u, %" PRIu32 "u, %u, %u, %u, %u, %u, %u, %u, %d},\n",
                x->head, x->classes, x->node, x->measure, x->verb, x->starts, x->amount, x->marks,
                x->capital_marks, x->small_marks, x->nickname);
    }
    fprintf(out, "};\nstatic const struct measure measures[] = {\n");
    for (size_t i = 0; i < l->measures.len; i++) {
        const struct measure *m = &l->measures.at[i];
        fputs("{", out);
        write_number(out, m->number);
        fprintf(out, ", %a, %a, {%u, %u, %u, %u}, %d},\n", m->magnitude, m->vague, m->currencies[0],
                m->currencies[1], m->currencies[2], m->currencies[3], m->glued_only);
    }
    fputs("};\n", out);
}

static void write_phrases(FILE *out, const struct lexicon *l)
{
    fprintf(out, "static const uint64_t edges[] = {\n");
    for (size_t i = 0; i < l->edge_cap; i++)
        fprintf(out, "%" PRIu64 "u, %" PRIu64 "u,\n", l->edges[i * 2], l->edges[i * 2 + 1]);
    fprintf(out, "};\nstatic const uint32_t nodes[] = {\n");
    for (size_t i = 0; i < l->nodes.len; i++)
        fprintf(out, "%" PRIu32 "u,\n", l->nodes.at[i]);
    fprintf(out, "};\nstatic const struct sense senses[] = {\n");
    for (size_t i = 0; i < l->senses.len; i++) {
        const struct sense *s = &l->senses.at[i];
        fprintf(out, "{%u, %u, %" PRIu32 "u, %" PRIu32 "u},\n", s->kind, s->flags, s->index,
                s->next);
    }
    fputs("};\n", out);
}

/* ---- What they stand for ---- */

static void write_names(FILE *out, const struct lexicon *l)
{
    fprintf(out, "static const struct organisation organisations[] = {\n");
    for (size_t i = 0; i < l->organisations.len; i++) {
        const struct organisation *o = &l->organisations.at[i];
        fputs("{", out);
        write_text(out, o->name);
        fprintf(out, ", %" PRIu32 "u, ", o->hash);
        write_text(out, o->category);
        fprintf(out, ", %d},\n", o->is_private);
    }
    fprintf(out, "};\nstatic const struct person people[] = {\n");
    for (size_t i = 0; i < l->people.len; i++) {
        fputs("{", out);
        write_text(out, l->people.at[i].name);
        fprintf(out, ", %" PRIu32 "u, ", l->people.at[i].hash);
        write_text(out, l->people.at[i].company);
        fputs("},\n", out);
    }
    fputs("};\n", out);
}

static void write_triggers(FILE *out, const struct lexicon *l)
{
    fprintf(out, "static const struct trigger triggers[] = {\n");
    for (size_t i = 0; i < l->triggers.len; i++) {
        const struct trigger *t = &l->triggers.at[i];
        fprintf(out, "{%d, %d, %d, %d, %" PRIu32 ", ", (int)t->part, t->light, (int)t->kind,
                t->weight, t->row);
        write_text(out, t->name);
        fprintf(out, ", %d, %d, %d, %d, {", t->subject, t->owner, t->object, t->passive);
        for (size_t k = 0; k < TRIGGER_PREPOSITIONS; k++)
            fprintf(out, "{%" PRIu32 "u, %d}, ", t->prepositions[k].word, t->prepositions[k].role);
        fprintf(out, "}, %zu},\n", t->preposition_count);
    }
    fputs("};\n", out);
}

static void write_units(FILE *out, const struct lexicon *l)
{
    fprintf(out, "static const struct unit units[] = {\n");
    for (size_t i = 0; i < l->units.len; i++) {
        fputs("{", out);
        write_text(out, l->units.at[i].name);
        fprintf(out, ", %a, %d},\n", l->units.at[i].factor, (int)l->units.at[i].style);
    }
    fprintf(out, "};\nstatic const struct currency currencies[] = {\n");
    for (size_t i = 0; i < l->currencies.len; i++) {
        const struct currency *c = &l->currencies.at[i];
        fprintf(out, "{%" PRIu32 "u, ", c->word);
        write_text(out, c->code);
        fprintf(out, ", %a, %d, %d},\n", c->factor, (int)c->style, c->unsure);
    }
    fprintf(out, "};\nstatic const struct qualifier_sense qualifiers[] = {\n");
    for (size_t i = 0; i < l->qualifiers.len; i++)
        fprintf(out, "{%d, %d},\n", (int)l->qualifiers.at[i].qualifier, l->qualifiers.at[i].before);
    fprintf(out, "};\nstatic const enum dw_status statuses[] = {\n");
    for (size_t i = 0; i < l->statuses.len; i++)
        fprintf(out, "%d,\n", (int)l->statuses.at[i]);
    fprintf(out, "};\nstatic const struct verb_base verbs[] = {\n");
    for (size_t i = 0; i < l->verbs.len; i++) {
        fputs("{", out);
        write_text(out, l->verbs.at[i].text);
        fprintf(out, ", %" PRIu32 "u}", l->verbs.at[i].hash);
        fputs(",\n", out);
    }
    fputs("};\n", out);
}

/* ---- The whole ---- */

static void write_confidence(FILE *out, const struct confidence *c)
{
    double numbers[sizeof *c / sizeof(double)];
    memcpy(numbers, c, sizeof numbers);
    fputs("    .confidence = {", out);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        fprintf(out, "%a, ", numbers[i]);
    fputs("},\n", out);
}

static void write_clues(FILE *out, const char *name, const struct clue_weights *w)
{
    fprintf(out, "static struct clue_slot %s_slots[] = {\n", name);
    for (size_t i = 0; i <= w->mask; i++)
        fprintf(out, "{%" PRIu32 "u, %" PRIu32 "u},\n", w->slots[i].key, w->slots[i].first);
    fprintf(out, "};\nstatic struct clue_weight %s_weights[] = {\n", name);
    for (size_t i = 0; i < w->len; i++)
        fprintf(out, "{%af, %u, %u},\n", (double)w->at[i].weight, w->at[i].choice, w->at[i].next);
    fputs("{0, 0, 0}};\n", out); /* there may be none */
}

static void place_clues(FILE *out, const char *name, const struct clue_weights *w)
{
    fprintf(out, "    .%s = {%s_slots, %s_weights, %zu, %zu, %zu},\n", name, name, name, w->mask,
            w->len, w->len);
}

static void write_lexicon(FILE *out, const struct lexicon *l)
{
    static const char *const lists[] = {"lexemes",  "measures",   "nodes",      "senses",
                                        "people",   "triggers",   "units",      "organisations",
                                        "statuses", "currencies", "qualifiers", "verbs"};
    fputs("const struct lexicon extract_lexicon = {\n", out);
    fprintf(out, "    .slots = slots,\n    .slot_cap = %zu,\n", l->slot_cap);
    fprintf(out, "    .edges = edges,\n    .edge_cap = %zu,\n", l->edge_cap);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        fprintf(out, "    .%s = {%s, sizeof %s / sizeof %s[0]},\n", lists[i], lists[i], lists[i],
                lists[i]);
    fputs("    .signs = {", out);
    for (size_t i = 0; i < sizeof l->signs / sizeof l->signs[0]; i++)
        fprintf(out, "%" PRIu32 "u, ", l->signs[i]);
    fputs("},\n", out);
    write_confidence(out, &l->confidence);
    place_clues(out, "kind_clues", &l->kind_clues);
    place_clues(out, "party_clues", &l->party_clues);
    place_clues(out, "status_clues", &l->status_clues);
    write_floats(out, "kinds", (const float *)&l->kinds, sizeof l->kinds);
    write_floats(out, "states", (const float *)&l->states, sizeof l->states);
    write_floats(out, "party_weights", &l->party_weights[0][0][0], sizeof l->party_weights);
    write_floats(out, "slot_weights", &l->slot_weights[0][0][0][0], sizeof l->slot_weights);
    fputs("};\n", out);
}

static bool write_file(const char *path, const struct lexicon *l)
{
    FILE *out = fopen(path, "w");
    if (out == NULL)
        return false;
    fputs("/* Made from lexicon/ by make-lexicon.c: edit the tables there. */\n"
          "#include \"internal.h\"\n\n#include <math.h>\n\n",
          out);
    write_words(out, l);
    write_phrases(out, l);
    write_names(out, l);
    write_triggers(out, l);
    write_units(out, l);
    write_clues(out, "kind_clues", &l->kind_clues);
    write_clues(out, "party_clues", &l->party_clues);
    write_clues(out, "status_clues", &l->status_clues);
    write_lexicon(out, l);
    bool written = !ferror(out);
    return fclose(out) == 0 && written;
}

/* Reads a table of the house. A bad row stops the build. */
static bool read_table(struct lexicon_builder *lexicon, const struct lexicon_table *table,
                       const struct dw_tsv *rows)
{
    struct dw_error err = {0};
    struct dw_map seen;
    dw_map_init(&seen, lexicon->arena);
    for (size_t i = 0; i < rows->len; i++) {
        size_t columns = DW_TSV_COLUMNS;
        while (columns > 0 && rows->rows[i].cell[columns - 1].len == 0)
            columns--;
        lexicon->line = rows->rows[i].line;
        if (!lexicon_add_row(lexicon, table, &seen, rows->rows[i].cell, columns, &err)) {
            fprintf(stderr, "%s:%u: %s\n", rows->name, rows->rows[i].line, err.message);
            return false;
        }
    }
    return true;
}

static bool read_tables(struct lexicon_builder *lexicon)
{
    static const struct dw_tsv *const tables[] = {
#define ADDRESS(name) &extract_##name,
        TABLES(ADDRESS)
#undef ADDRESS
    };
    for (size_t i = 0; i < LEXICON_TABLES; i++) {
        if (!read_table(lexicon, &lexicon_tables[i], tables[i]))
            return false;
    }
    lexicon_mark(lexicon);
    return true;
}

int main(int argc, char **argv)
{
    static struct lexicon lexicon;
    struct lexicon_builder builder;
    struct dw_arena arena;
    struct dw_arena scratch;
    dw_arena_init(&arena, LEXICON_BYTES);
    dw_arena_init(&scratch, LEXICON_BYTES);
    bool done = argc == 2 && lexicon_build(&builder, &arena, &scratch) && read_tables(&builder);
    if (done) {
        lexicon_take(&lexicon, &builder);
        dw_arena_init(&lexicon.arena, LEXICON_BYTES);
        confidence_load(&lexicon, &extract_confidence);
        done = party_weights_load(&lexicon, &extract_parties) &&
               kind_weights_load(&lexicon, &extract_kinds) &&
               status_weights_load(&lexicon, &extract_states) && write_file(argv[1], &lexicon);
    }
    dw_arena_release(&lexicon.arena);
    dw_arena_release(&arena);
    dw_arena_release(&scratch);
    if (!done)
        fprintf(stderr, "make-lexicon: cannot write %s\n", argc == 2 ? argv[1] : "OUTPUT");
    return done ? 0 : 1;
}
