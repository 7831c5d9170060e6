/* Values as JSON, and JSON as bytes. */
#include "internal.h"

#include <errno.h>
#include <math.h>

#define WHOLE_MOST 9e15 /* below it every whole number is exact, here and in a reader's double */
#define DUMP_FLAGS JSON_REAL_PRECISION(15)

json_t *cli_json_str(struct dw_str s)
{
    return s.len > 0 ? json_stringn(s.at, s.len) : json_null();
}

json_t *cli_json_number(double number)
{
    if (isnan(number) || isinf(number))
        return json_null();
    if (number == floor(number) && fabs(number) < WHOLE_MOST)
        return json_integer((json_int_t)number);
    return json_real(number);
}

json_t *cli_json_share(double share)
{
    return cli_json_number(round(share * 100) / 100);
}

json_t *cli_json_time(struct dw_arena *arena, int64_t time)
{
    return cli_json_str(dw_date_iso(arena, time));
}

json_t *cli_json_id(int64_t id)
{
    return id > 0 ? json_integer(id) : json_null();
}

json_t *cli_json_strs(const struct dw_strs *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->len; i++)
        cli_json_append(&array, json_stringn(list->at[i].at, list->at[i].len));
    return array;
}

void cli_json_put(json_t **object, const char *name, json_t *value)
{
    if (json_object_set_new(*object, name, value) == 0)
        return;
    json_decref(*object);
    *object = NULL;
}

void cli_json_append(json_t **array, json_t *value)
{
    if (json_array_append_new(*array, value) == 0)
        return;
    json_decref(*array);
    *array = NULL;
}

bool cli_out_ok(struct cli *cli)
{
    if (cli->out_errno == 0 && ferror(cli->out))
        cli->out_errno = errno != 0 ? errno : EIO;
    return cli->out_errno == 0;
}

bool cli_print_json(struct cli *cli, json_t *json, bool indent)
{
    size_t flags = DUMP_FLAGS | (indent ? JSON_INDENT(1) : JSON_COMPACT);
    bool done = json != NULL && json_dumpf(json, cli->out, flags) == 0;
    json_decref(json);
    if (done)
        fputc('\n', cli->out);
    if (!cli_out_ok(cli) || done)
        return true; /* a failed write is told when the run ends */
    return dw_error_set(&cli->err, DW_ERR_MEMORY, "out of memory for JSON");
}
