/* What the files of the engine share: tasks on their way, jobs for the writer, messages out.
 *
 * Invariants. 1. A task belongs to one thread at a time: the writer makes it, the fetch thread adds
 * the response, a worker the articles, the writer records and frees it. 2. At most
 * ENGINE_TASKS_MOST tasks are on their way, so that the queues `intake` and `jobs` never refuse
 * one.
 * 3. Only the writer touches `store` and the refresh. 4. Messages about stored things wait in the
 * batch until its transaction is committed. */
#ifndef ENGINE_INTERNAL_H
#define ENGINE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include <dealwire/event.h>
#include <dealwire/page.h>

#include "engine/engine.h"
#include "fetch/fetch.h"
#include "store/store.h"

#define ENGINE_TASKS_MOST 48      /* feeds on their way: twice what is transferred at once */
#define ENGINE_COMMANDS_MOST 4096 /* of the user, waiting */
#define ENGINE_MESSAGES_MOST 4096 /* not taken yet */
#define ENGINE_WORKERS_MOST 16
#define ENGINE_BATCH_MS 60 /* a transaction, its commit apart: other processes wait meanwhile */
#define ENGINE_CLAIM_SECONDS 300 /* a feed's claim, should this process die */
#define ENGINE_STOP_MS 600       /* for storing what came when the engine ends */
#define ENGINE_SPREAD_EACH 60    /* seconds per feed over which feeds asked together come back */
#define ENGINE_SPREAD_MOST 3600

/* ---- Jobs of the writer ---------------------------------------------------------------------- */

enum engine_job_kind {
    ENGINE_JOB_TASK, /* a task comes back: read, failed or stopped */
    ENGINE_JOB_PAGE, /* so does a page */
    ENGINE_JOB_PAGE_WANT,
    ENGINE_JOB_REFRESH,
    ENGINE_JOB_READ,
    ENGINE_JOB_STAR,
    ENGINE_JOB_ALL_READ,
    ENGINE_JOB_CORRECT,
    ENGINE_JOB_UNDO,
    ENGINE_JOB_FEED_ADD,
    ENGINE_JOB_FEED_REMOVE,
    ENGINE_JOB_FEED_TAKE,
    ENGINE_JOB_FEED_PAUSE
};

struct engine_task;
struct engine_page;

/* A command is its own allocation; the job of a task is part of it. */
struct engine_job {
    enum engine_job_kind kind;
    enum engine_refresh which;
    int64_t id;
    bool on;
    struct engine_correction correction; /* its text is `text` */
    struct engine_task *task;
    struct engine_page *page;
    struct engine_answer *answer;
    const int64_t *ids; /* behind the job, like the text */
    size_t count;
    struct dw_str text; /* an address */
};

/* ---- Credentials (credentials.c) ------------------------------------------------------------- */

/* What the server of some addresses wants to know: a login, or a header line. */
struct engine_credential {
    struct dw_str address; /* that theirs begin with */
    struct dw_str user;
    struct dw_str password;
    struct dw_str header;
};
struct engine_credentials {
    struct engine_credential *at;
    size_t len;
    size_t cap;
};

/* Reads the file `credentials` of the folder; none is no error. False: it is wrong, or others may
 * read it; what stands before the wrong line counts. */
bool engine_credentials_read(struct dw_arena *arena, struct dw_str folder,
                             struct engine_credentials *credentials,
                             struct dw_error *err) DW_MUST_CHECK;
/* Those of an address; NULL: none. */
const struct engine_credential *engine_credential_find(const struct engine_credentials *credentials,
                                                       struct dw_str url);
/* Moves a name and password from an address into that file; `taken` tells whether it had any. Does
 * nothing where there is no folder. */
bool engine_credentials_take(struct dw_arena *arena, struct dw_str folder, struct dw_str *url,
                             bool *taken, struct dw_error *err) DW_MUST_CHECK;
/* The same for all feeds of a list. */
bool engine_credentials_take_all(struct dw_arena *arena, struct dw_str folder, struct dw_opml *opml,
                                 bool *taken, struct dw_error *err) DW_MUST_CHECK;

/* An answer with the fetch that it came from, which must outlive it. */
struct engine_answer {
    struct fetch *fetch;
    struct fetch_response *response;
};

/* ---- Tasks ----------------------------------------------------------------------------------- */

/* An entry that the store does not know as it is. Slices in the task's arena. */
struct engine_item {
    const struct dw_entry *entry;
    bool has_figures; /* extraction ran: false where the text is stored already */
    struct dw_extraction extraction;
    const struct dw_str *deals; /* by figure: what its sentence says of the deal */
    uint64_t signature[STORE_SIGNATURE_HASHES];
    bool has_signature;
};

/* A feed on its way. */
struct engine_task {
    struct engine_task *next; /* in a list of whoever has it */
    struct engine_job job;    /* that brings it back to the writer */
    struct dw_arena arena;
    int64_t id;
    struct dw_str url;
    struct dw_str host;   /* empty for a local file */
    struct dw_str server; /* with its port: what rests when it is busy */
    struct dw_str name;   /* for messages: title or address */
    bool is_untitled;     /* it is the address */
    struct dw_str etag;
    struct dw_str last_modified;
    struct engine_credential credential; /* all empty: none is known */
    struct dw_str moved_to;
    int64_t moved_since;
    int64_t interval;
    int64_t ttl;
    uint32_t skip_hours;
    uint32_t skip_days;
    int64_t newest;
    int64_t failures;
    int64_t last_ok;
    bool local;
    bool full_text; /* pages are wanted where entries are summaries */
    int64_t
        spread; /* seconds over which it comes back with those asked beside it; 0: in its turn */
    struct fetch_response *response;
    struct engine_answer *answer; /* that holds the response; NULL: it is of the fetch thread */
    struct dw_feed feed;          /* what a worker read */
    bool is_read;                 /* a body came and is a feed */
    struct engine_item *items;
    size_t item_count;
    size_t item_next;        /* of the writer: the first one not stored yet */
    size_t lost;             /* ... that could not be stored */
    bool abandoned;          /* the engine ends: what is not stored yet is left to the next time */
    struct dw_error trouble; /* why */
    size_t articles;         /* what the writer stored of it */
    size_t figures;
    size_t events;
    size_t revised;
};

/* A task for a feed; `spread` is for feeds that were never asked, or are asked out of turn. NULL:
 * out of memory. */
struct engine_task *engine_task_new(const struct store_feed *feed, int64_t spread);
/* Gives it a copy of what its server wants to know; NULL: nothing. False: out of memory. */
bool engine_task_trust(struct engine_task *task,
                       const struct engine_credential *credential) DW_MUST_CHECK;
void engine_task_free(struct engine_task *task);
/* Puts the feed's name into a message. */
void engine_name(struct engine_message *message, const struct engine_task *task);

/* ---- Pages (pager.c, page.c) ----------------------------------------------------------------- */

#define ENGINE_PAGES_MOST 16    /* on their way at once */
#define ENGINE_PAGE_PARTS 5     /* pages of one story: longer ones are made for their clicks */
#define ENGINE_PAGE_GAP_MS 2000 /* between two requests to one host */
#define ENGINE_PAGE_RETRY 3600  /* seconds, where no server answered or it was busy */

/* The page of one article on its way. Belongs to one thread at a time: the writer makes it, the
 * page thread fetches and reads it, the writer records and frees it. */
struct engine_page {
    struct engine_page *next; /* in a list of whoever has it */
    struct engine_job job;    /* that brings it back to the writer */
    struct engine_task sums;  /* what the writer stored of it; its arena holds everything here */
    struct store_page_wanted wanted;
    struct dw_str url; /* of the part that is fetched next */
    bool own_host;     /* the feed that the user named stands there too */
    unsigned parts;    /* fetched so far */
    struct dw_page page;
    bool is_read;
    bool has_figures;
    struct dw_extraction extraction;
    uint64_t signature[STORE_SIGNATURE_HASHES];
    bool has_signature;
    int64_t later; /* seconds after which to try again; 0: it failed or was read */
    bool is_busy;  /* the host wants a rest until then */
    bool stopped;  /* the engine ends: it stays wanted */
    struct dw_error error;
};

/* What the writer knows of them. */
struct engine_pages {
    struct dw_queue *queue; /* to the page thread */
    struct engine_page *on_way;
    size_t count;
    bool look; /* there may be some to hand out */
};

void engine_page_free(struct engine_page *page);
/* Asks for the page of an article that was just stored, if its feed wants that and the entry is a
 * summary. */
bool engine_page_consider(struct engine *engine, const struct engine_task *task,
                          const struct dw_entry *entry, int64_t article,
                          struct dw_error *err) DW_MUST_CHECK;
/* Hands pages that are wanted to the page thread while there is room. */
void engine_pages_hand_out(struct engine *engine);
/* A page came back: stores its text and figures, or what went wrong, and frees it. */
void engine_page_receive(struct engine *engine, struct engine_page *page);
/* Frees those that never came back. */
void engine_pages_drop(struct engine *engine);
/* Copies of one text count as one source: gives the article the lowest of those that they have. */
struct engine_told;
bool engine_join_copies(struct engine *engine, struct dw_arena *arena, const uint64_t *signature,
                        struct engine_told *told, struct dw_error *err) DW_MUST_CHECK;

/* ---- Messages (message.c) -------------------------------------------------------------------- */

struct engine_mailbox {
    struct dw_queue *queue;
    int fd;
    atomic_bool signalled;
    atomic_bool lost;
};
bool engine_mailbox_init(struct engine_mailbox *mailbox, struct dw_error *err) DW_MUST_CHECK;
void engine_mailbox_release(struct engine_mailbox *mailbox);
bool engine_mailbox_take(struct engine_mailbox *mailbox,
                         struct engine_message *message) DW_MUST_CHECK;

/* Sends a message; any thread, never waits. What does not fit is lost and told by ENGINE_LOST. */
void engine_post(struct engine *engine, const struct engine_message *message);

/* ---- State of the writer --------------------------------------------------------------------- */

struct engine_search;
/* Ends all searches and waits for their threads (search.c). */
void engine_searches_end(struct engine *engine);

/* What one transaction holds. */
struct engine_batch {
    bool open;
    int64_t begun_ms;
    struct dw_arena arena; /* of the messages, emptied at its end */
    DW_VEC(struct engine_message) messages;
    struct engine_task *tasks; /* recorded in it, newest first */
    size_t events;             /* opened by placing */
    size_t revised;
};

/* Figures that wait to be placed. */
struct engine_placing {
    struct dw_arena arena; /* of the ids */
    struct dw_arena work;  /* of one figure at a time */
    struct store_ids ids;  /* in the order of their publication */
    size_t next;           /* the first one not placed */
    size_t waiting;        /* stored since the ids were read */
    int64_t since_ms;      /* when the first of these was */
    bool is_idle;          /* the writer found nothing else to do */
};

/* A round over feeds. */
struct engine_round {
    bool running;
    struct dw_arena arena;
    struct store_feeds feeds; /* that are to be asked */
    struct engine_credentials credentials;
    size_t next;              /* the first one not handed out */
    bool spread;              /* out of turn: many feeds at once */
    size_t on_way;            /* handed out and not settled */
    bool answered;            /* some host did */
    struct engine_task *held; /* no server reached: not blamed before another host answers */
    size_t held_count;
    int64_t begun_ms;
    int64_t retry_ms;  /* offline: not before this time by itself */
    unsigned offlines; /* rounds in a row without any answer */
};

struct engine {
    struct engine_options options;
    struct dw_arena arena;   /* of the options' slices */
    struct store *store;     /* the writer's */
    struct fetch *fetch;     /* the fetch thread's */
    struct dw_queue *intake; /* tasks for the fetch thread */
    struct dw_queue *parse;  /* tasks for the workers */
    struct dw_queue *jobs;   /* for the writer */
    struct engine_mailbox mailbox;
    struct engine_pages pages;
    struct fetch *page_fetch;       /* the page thread's */
    struct engine_search *searches; /* that have a thread, newest first */
    pthread_t fetcher;
    pthread_t pager;
    pthread_t writer;
    pthread_t workers[ENGINE_WORKERS_MOST];
    size_t worker_count;
    bool has_fetcher;
    bool has_pager;
    bool has_writer;
    atomic_bool stopping;    /* nothing new is begun */
    _Atomic int64_t stop_ms; /* by dw_clock_milliseconds(): what is not stored then, is left */
    atomic_bool closed;      /* nothing comes any more: the writer ends once it is done */
    struct engine_batch batch;
    struct engine_round round;
    struct engine_placing placing;
    atomic_size_t done;
    atomic_size_t total;
    atomic_size_t failed;
    atomic_size_t articles;
    atomic_size_t figures;
    atomic_size_t events;
    atomic_size_t revised;
    atomic_bool running;
    atomic_bool offline;
    _Atomic int64_t due;
};

/* The threads. Each takes the engine. */
void *engine_fetcher_run(void *engine);
void *engine_pager_run(void *engine);
void *engine_worker_run(void *engine);
void *engine_writer_run(void *engine);

/* Whether the engine ends and has no time left. */
bool engine_is_late(const struct engine *engine);
/* Queues a command with a copy of the payload, and takes its answer over in any case. False: there
 * is no room for it. */
bool engine_send(struct engine *engine, struct engine_job job, struct dw_str payload) DW_MUST_CHECK;
/* Hands a finished task to the writer. */
void engine_return(struct engine *engine, struct engine_task *task);
/* The same for a page. */
void engine_return_page(struct engine *engine, struct engine_page *page);

/* ---- The writer (writer.c) --------------------------------------------------------------------
 */

/* Opens the batch's transaction if it is not; false: the store cannot be written now. */
bool engine_batch_open(struct engine *engine, struct dw_error *err) DW_MUST_CHECK;
/* Whether the transaction has lasted as long as it may. */
bool engine_batch_is_late(const struct engine *engine);
/* Commits, sends the messages and settles the tasks. False: the commit failed, which is told and,
 * where `why` is not NULL, handed out; all of the batch is undone. */
bool engine_batch_close(struct engine *engine, struct dw_error *why);
/* Keeps a message until the commit. */
void engine_batch_post(struct engine *engine, const struct engine_message *message);
/* Sends ENGINE_TROUBLE and logs it. */
void engine_complain(struct engine *engine, const struct dw_error *err);

/* ---- Rounds (round.c): which feeds are asked, and what came of them ---------------------------
 */

/* Begins a round over these feeds, or adds them to the one that is running. `ids` count only for
 * ENGINE_REFRESH_FEED. */
void engine_round_begin(struct engine *engine, enum engine_refresh which, const int64_t *ids,
                        size_t count);
/* Takes an answer (over, in any case) for a feed that was not asked by the fetch thread. */
void engine_round_take(struct engine *engine, int64_t feed, struct engine_answer *answer);
/* Claims feeds and hands them to the fetch thread while there is room. */
void engine_round_hand_out(struct engine *engine);
/* A task came back: records it, or holds it until it is clear whether we are offline. */
void engine_round_receive(struct engine *engine, struct engine_task *task);
/* A task's outcome is stored, or could not be (`failure`): tells of it, counts and frees it. */
void engine_round_settle(struct engine *engine, struct engine_task *task,
                         const struct dw_error *failure);
/* Gives up a task's claim in the batch; the feed's standing and time stay as they were. */
void engine_let_go(struct engine *engine, struct engine_task *task);
/* Whether none of its feeds is to come any more. */
bool engine_round_is_over(const struct engine *engine);
/* Ends the round if its last task is settled and its figures are placed. */
void engine_round_end(struct engine *engine);
/* Whether the time has come to begin one without being told. */
bool engine_round_is_due(struct engine *engine);
/* Milliseconds until the writer must look again by itself. */
int64_t engine_round_wait(struct engine *engine);

/* ---- Recording (record.c) -------------------------------------------------------------------- */

/* Stores a task's articles and outcome, in as many batches as it takes. */
void engine_record(struct engine *engine, struct engine_task *task);

/* ---- Subscriptions (subscriptions.c): like the public functions, inside a transaction ----------
 */

bool engine_list_mirror(struct store *store, struct dw_str folder,
                        struct dw_error *err) DW_MUST_CHECK;
bool engine_list_add(struct store *store, struct dw_str folder, const struct dw_opml_feed *feed,
                     int64_t *id, struct dw_error *err) DW_MUST_CHECK;
bool engine_list_remove(struct store *store, struct dw_str folder, int64_t feed,
                        struct dw_error *err) DW_MUST_CHECK;
/* Another address for a feed, its history kept. */
bool engine_list_move(struct store *store, struct dw_str folder, int64_t feed, struct dw_str url,
                      struct dw_error *err) DW_MUST_CHECK;

/* ---- Extractions (extraction.c) -------------------------------------------------------------- */

/* A copy of an extraction in another arena, so that what extraction needed on the way can go. */
struct dw_extraction engine_extraction_copy(struct dw_arena *arena,
                                            const struct dw_extraction *extraction);

/* Adds a copy of the figures of a part of a text that begins `shift` bytes into it. False: out of
 * memory. */
bool engine_extraction_append(struct dw_arena *arena, struct dw_extraction *all,
                              const struct dw_extraction *part, uint32_t shift) DW_MUST_CHECK;

/* ---- Matching (match.c) ---------------------------------------------------------------------- */

/* What the first sentence of each figure says of its deal, as the store keeps it. NULL: out of
 * memory. */
const struct dw_str *engine_deals(struct dw_arena *arena, const struct dw_extraction *extraction,
                                  struct dw_str title, struct dw_str text);

/* The article whose figures are placed. */
struct engine_told {
    int64_t article;
    bool is_new; /* its figures may wait to be placed in order */
    int64_t published;
    int64_t source;
    struct dw_str url;
    struct dw_str title;
    struct dw_str text;
    const struct dw_str *deals; /* by figure; NULL: they are to be read from the text */
};
/* Stores the figures. Those of a new article are placed later; those of one that has changed join
 * events at once, which are brought up to date. Adds what is new to the task's sums and messages to
 * the batch. */
bool engine_match(struct engine *engine, struct engine_task *task, const struct engine_told *told,
                  const struct dw_extraction *extraction, struct dw_error *err) DW_MUST_CHECK;

/* The work on one article. */
struct engine_matching {
    struct engine *engine; /* that is told; NULL: nobody is */
    struct store *store;
    struct dw_arena *arena;
    const struct engine_told *told;
    size_t *events;             /* sum of those opened */
    size_t *revised;            /* ... and revised */
    struct store_ids made;      /* events opened by this article */
    const struct dw_str *deals; /* of the article's figures */
};
/* Stores the figures of an article. Those of one that has changed are placed at once, so that an
 * event that lost a figure goes on with the one in its place. */
bool engine_match_article(struct engine_matching *matching, const struct dw_extraction *extraction,
                          struct dw_error *err) DW_MUST_CHECK;
/* Puts figures in place of those that an article has, and places none: the events that lost some
 * are to be made anew. */
bool engine_replace_figures(struct engine_matching *matching,
                            const struct dw_extraction *extraction,
                            struct dw_error *err) DW_MUST_CHECK;
/* Joins one figure to the event that it tells, or opens one for it. */
bool engine_place_evidence(struct engine_matching *matching, const struct dw_evidence *evidence,
                           struct dw_error *err) DW_MUST_CHECK;

/* Events that may tell the same as a figure of that kind, parties, time and article. */
bool engine_candidates(struct engine_matching *matching, const struct dw_evidence *evidence,
                       int64_t article, struct store_candidates *candidates,
                       struct dw_error *err) DW_MUST_CHECK;
/* Events of these kinds with any party of it: all whose figures may belong to the same. */
bool engine_neighbours(struct engine_matching *matching, const struct dw_evidence *evidence,
                       int64_t article, struct store_candidates *neighbours,
                       struct dw_error *err) DW_MUST_CHECK;
/* Whether a figure may ever have belonged to an event: all others are no neighbours. */
bool engine_is_related(const struct dw_evidence *evidence, const struct store_candidate *event);
/* Whether an event would have been looked at for a figure when it had this state. */
bool engine_was_candidate(const struct dw_evidence *evidence, const struct dw_event_state *state);
/* Makes an event with this state, and tells of it. */
bool engine_event_make(struct engine_matching *matching, const struct dw_event_state *state,
                       int64_t *event, struct dw_error *err) DW_MUST_CHECK;
/* Gives an event this state, and tells of it if it is another. */
bool engine_event_change(struct engine_matching *matching, int64_t event,
                         const struct dw_event_state *state, struct dw_error *err) DW_MUST_CHECK;
/* Computes an event from all its evidence, or removes it where none is left. */
bool engine_event_compute(struct engine_matching *matching, int64_t event,
                          struct dw_error *err) DW_MUST_CHECK;
/* A piece of evidence as the store gives it. */
struct dw_evidence engine_evidence(const struct store_evidence *stored);

/* ---- Placing (place.c) ----------------------------------------------------------------------- */

/* Tells that so many figures were stored that wait. */
void engine_place_later(struct engine *engine, size_t figures);
/* Whether none waits, as far as is known. */
bool engine_place_is_done(const struct engine *engine);
/* Whether it is time to place what waits. */
bool engine_place_is_due(const struct engine *engine);
/* Places what waits if it is time, as far as the batch lasts. */
void engine_place(struct engine *engine);

/* ---- Late arrivals (rearrange.c) ------------------------------------------------------------- */

/* Places a figure that is older than evidence of events near it, and anew those behind it that see
 * another event by it: the result is what it would be had all come in order. */
bool engine_rearrange(struct engine_matching *matching, const struct dw_evidence *late,
                      struct dw_error *err) DW_MUST_CHECK;

/* ---- Money (money.c) ------------------------------------------------------------------------- */

/* The dollars of engine_convert(). */
double engine_usd(struct store *store, double value, struct dw_str unit, int64_t at);

/* ---- Corrections (correct.c) ----------------------------------------------------------------- */

/* Applies what the user corrected of an event to its figure, and tells its marks. */
bool engine_corrections_of(struct engine_matching *matching, int64_t event,
                           struct dw_figure *figure, struct store_marks *marks,
                           struct dw_error *err) DW_MUST_CHECK;

/* ---- Near-duplicates (signature.c) ----------------------------------------------------------- */

/* MinHash over word shingles of a text. False: too short to tell copies by. */
bool engine_signature(struct dw_arena *arena, struct dw_str text,
                      uint64_t signature[STORE_SIGNATURE_HASHES]) DW_MUST_CHECK;
/* Whether two texts are one, but for small edits. */
bool engine_signature_same(const uint64_t *a, const uint64_t *b);

/* ---- Files compiled in (embed.cmake) --------------------------------------------------------- */

struct engine_asset {
    const char *name; /* "ai-industry.opml", "sample/edge.json" */
    const unsigned char *bytes;
    size_t len;
};
extern const struct engine_asset engine_assets[];
extern const size_t engine_asset_count;

/* The default list of feeds. */
struct dw_str engine_default_list(void);

#endif
