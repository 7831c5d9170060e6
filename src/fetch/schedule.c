/* When a feed is asked again: a pure function of what it answered and how it behaves. */
#include "fetch/fetch.h"

/* Jitter of the ordinary gap, in percent to either side: feeds fetched together drift apart. */
#define JITTER_PERCENT 10
/* A feed is as lively as its newest entry is young: the gap is this part of its age. Thirty
 * minutes after a day, six hours after two weeks. */
#define QUIET_PART 56
/* A next time later than any that we set, or a last try in the future: the clock was turned. */
#define SENSE_SECONDS (FETCH_NEXT_MOST + DAY)
#define HOUR (60 * 60)
#define DAY (24 * HOUR)

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    if (value < least)
        return least;
    return value > most ? most : value;
}

static int64_t longer(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Scrambles the feed and the time to a number that looks random but can be had again (splitmix64).
 */
static uint64_t scramble(uint64_t feed, int64_t now)
{
    uint64_t x = feed + (uint64_t)now * 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* The gap moved by up to JITTER_PERCENT; `longer_only` never to the shorter side. */
static int64_t jitter(const struct fetch_schedule *schedule, int64_t gap, bool longer_only)
{
    int64_t span = gap * JITTER_PERCENT / 100;
    if (span <= 0)
        return gap;
    uint64_t random = scramble(schedule->feed, schedule->now);
    int64_t move = (int64_t)(random % (uint64_t)(2 * span + 1)) - span;
    if (longer_only && move < 0)
        move = -move;
    return gap + move;
}

/* How often the feed wants to be read by its habits or by the user's word. */
static int64_t own_interval(const struct fetch_schedule *schedule)
{
    if (schedule->interval > 0)
        return clamp(schedule->interval, FETCH_INTERVAL_LEAST, FETCH_NEXT_MOST);
    if (schedule->newest == DW_TIME_NONE)
        return FETCH_INTERVAL_LIVELY;
    if (schedule->newest >= schedule->now)
        return FETCH_INTERVAL_LIVELY;
    int64_t age = schedule->now - schedule->newest;
    return clamp(age / QUIET_PART, FETCH_INTERVAL_LIVELY, FETCH_INTERVAL_QUIET);
}

/* What the server asked for at least. */
static int64_t server_wish(const struct fetch_schedule *schedule)
{
    return longer(schedule->ttl, longer(schedule->max_age, schedule->expires));
}

/* first·2^(failures-1), up to most. */
static int64_t doubled(int64_t first, unsigned failures, int64_t most)
{
    int64_t gap = first;
    for (unsigned i = 1; i < failures && gap < most; i++)
        gap *= 2;
    return clamp(gap, first, most);
}

static int64_t gap_after_answer(const struct fetch_schedule *schedule)
{
    int64_t gap = longer(jitter(schedule, own_interval(schedule), false), server_wish(schedule));
    /* also where a server's wish decides: a thousand feeds with one max-age would stay in step */
    if (schedule->spread > 0)
        gap += (int64_t)(scramble(schedule->feed, 0) % (uint64_t)schedule->spread);
    return gap;
}

static int64_t gap_after_busy(const struct fetch_schedule *schedule)
{
    int64_t gap = schedule->retry_after;
    if (gap < 0)
        gap = jitter(schedule, doubled(FETCH_BACKOFF_FIRST, schedule->failures, FETCH_NEXT_MOST),
                     true);
    return longer(clamp(gap, FETCH_RETRY_LEAST, FETCH_NEXT_MOST), server_wish(schedule));
}

static int64_t gap_after_failure(const struct fetch_schedule *schedule)
{
    int64_t gap = doubled(FETCH_BACKOFF_FIRST, schedule->failures, FETCH_BACKOFF_MOST);
    return clamp(jitter(schedule, gap, true), FETCH_BACKOFF_FIRST, FETCH_BACKOFF_MOST);
}

/* Whether the feed asks not to be read at that time. 1970 began on a Thursday. */
static bool is_skipped(const struct fetch_schedule *schedule, int64_t time)
{
    int64_t hour = time / HOUR % 24;
    int64_t day = (time / DAY + 4) % 7;
    return (schedule->skip_hours >> hour & 1) != 0 || (schedule->skip_days >> day & 1) != 0;
}

/* The first time from this one on that the feed does not ask to skip, the minute kept so that feeds
 * stay apart; the time itself where a feed skips everything. */
static int64_t past_skipped(const struct fetch_schedule *schedule, int64_t time)
{
    for (int64_t at = time; at <= schedule->now + FETCH_NEXT_MOST; at += HOUR)
        if (!is_skipped(schedule, at))
            return at;
    return time;
}

int64_t fetch_schedule_next(const struct fetch_schedule *schedule)
{
    int64_t gap = 0;
    switch (schedule->outcome) {
    case FETCH_GONE:
        return DW_TIME_NONE;
    case FETCH_BODY:
    case FETCH_UNCHANGED:
        gap = gap_after_answer(schedule);
        break;
    case FETCH_BUSY:
        gap = gap_after_busy(schedule);
        break;
    case FETCH_STOPPED:
        return schedule->now;
    case FETCH_REFUSED:
    case FETCH_NETWORK:
    case FETCH_LIMIT:
        gap = gap_after_failure(schedule);
        break;
    }
    return past_skipped(schedule, schedule->now + clamp(gap, FETCH_PAUSE_LEAST, FETCH_NEXT_MOST));
}

bool fetch_schedule_due(int64_t next, int64_t last, int64_t now)
{
    if (next == DW_TIME_NONE || next <= now)
        return true;
    if (last != DW_TIME_NONE && last > now)
        return true;
    return next - now > SENSE_SECONDS;
}
