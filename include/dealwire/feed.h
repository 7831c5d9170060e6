/* Feeds: bytes in, entries out. Every dialect gives the same struct; what a feed does not say is an
 * empty slice or DW_TIME_NONE. All text is cleaned plain UTF-8. */
#ifndef DW_FEED_H
#define DW_FEED_H

#include <dealwire/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* enum name, name in JSON */
#define DW_FEED_FORMATS(X)        \
    X(DW_FEED_RSS_090, "rss0.90") \
    X(DW_FEED_RSS_091, "rss0.91") \
    X(DW_FEED_RSS_092, "rss0.92") \
    X(DW_FEED_RSS_10, "rss1.0")   \
    X(DW_FEED_RSS_20, "rss2.0")   \
    X(DW_FEED_ATOM_03, "atom0.3") \
    X(DW_FEED_ATOM_10, "atom1.0") \
    X(DW_FEED_JSON_10, "json1.0") \
    X(DW_FEED_JSON_11, "json1.1") \
    X(DW_FEED_CDF, "cdf")

enum dw_feed_format {
#define DW_FEED_FORMAT_NAME(name, text) name,
    DW_FEED_FORMATS(DW_FEED_FORMAT_NAME)
#undef DW_FEED_FORMAT_NAME
};

struct dw_enclosure {
    struct dw_str url;
    struct dw_str type;
    int64_t length; /* bytes; -1: not told */
};

struct dw_entry {
    struct dw_str id;    /* guid, id or rdf:about as the feed gives it; empty where it has none */
    struct dw_str title; /* one line */
    struct dw_str link;  /* absolute http(s) address, or empty */
    struct dw_str author;
    int64_t published;
    int64_t updated;
    struct dw_str summary; /* plain text */
    struct dw_str content; /* plain text, a blank line between paragraphs */
    struct dw_strs categories;
    struct dw_enclosure *enclosures;
    size_t enclosure_count;
};

struct dw_feed {
    enum dw_feed_format format;
    struct dw_str title;
    struct dw_str link;
    struct dw_str description;
    struct dw_str language;
    int64_t updated;
    int64_t ttl;         /* seconds between changes: ttl, or else sy:updatePeriod; -1: not told */
    uint32_t skip_hours; /* bit h: the feed asks not to be read in that hour, 0 to 23 UTC */
    uint32_t skip_days;  /* bit d: nor on that day in UTC; 0 is Sunday */
    struct dw_entry *entries;
    size_t entry_count;
    struct dw_strs warnings; /* "line 12: undefined entity &nbsp; taken as U+00A0" */
};

/* What is known of the bytes beside themselves. */
struct dw_feed_input {
    struct dw_str bytes;
    struct dw_str url;          /* where they came from; may be empty */
    struct dw_str content_type; /* the HTTP header; may be empty */
    int64_t now;                /* for dates in the far future; DW_TIME_NONE: don't look */
};

/* The JSON name of a format. */
struct dw_str dw_feed_format_name(enum dw_feed_format format);

/* Reads a feed of any dialect into the arena. Ill-formed ones give what can be recovered, and
 * warnings. False: no feed at all (the error says what it looks like instead), or out of memory. */
bool dw_feed_parse(struct dw_arena *arena, const struct dw_feed_input *input, struct dw_feed *feed,
                   struct dw_error *err) DW_MUST_CHECK;

/* The http(s) address of a feed that is written with a scheme of some program ("feed://ex.org/f",
 * "feed:https://ex.org/f") or without one ("//", "www."); anything else as it is. */
struct dw_str dw_feed_address(struct dw_arena *arena, struct dw_str written);

/* One feed of an OPML list. */
struct dw_opml_feed {
    struct dw_str title;    /* empty where it has none but its address */
    struct dw_str url;      /* as written; of feed: and podcast schemes the http(s) address */
    struct dw_str home;     /* htmlUrl, or empty */
    struct dw_strs folders; /* names of the outlines around it and its category, outermost first */
    struct dw_str type;     /* as written where it is another than "rss" */
    struct dw_str description;
    struct dw_str language;
    bool full_text; /* its articles' pages are wanted where it has summaries only */
};

struct dw_opml {
    struct dw_str title;
    struct dw_opml_feed *feeds;
    size_t feed_count;
    size_t left_out;         /* feeds whose address may not enter, or beyond the limit */
    struct dw_strs warnings; /* what was wrong or left out, with its line */
};

/* Reads an OPML 1.0 or 2.0 list, each address once, with the folders of all places where it stands.
 * Ill-formed ones give what can be recovered. False: no list of feeds, or out of memory. */
bool dw_opml_parse(struct dw_arena *arena, struct dw_str bytes, struct dw_opml *opml,
                   struct dw_error *err) DW_MUST_CHECK;
/* Writes the list as OPML 2.0: feeds of the same folder together, the folders nested only where a
 * category cannot name them. Read again, it is the same. Out of memory: the arena has failed. */
struct dw_str dw_opml_render(struct dw_arena *arena, const struct dw_opml *opml);

/* Why an address may be that of a feed. */
enum dw_feed_lead_kind {
    DW_LEAD_LINK,   /* the page names it: link rel=alternate with a feed's type */
    DW_LEAD_ANCHOR, /* the page links to what looks like one */
    DW_LEAD_RULE,   /* a site whose feeds are known by the form of its addresses */
    DW_LEAD_PATH    /* where many sites have one */
};

struct dw_feed_lead {
    struct dw_str url;   /* absolute */
    struct dw_str title; /* as the page says; may be empty */
    enum dw_feed_lead_kind kind;
};

struct dw_feed_leads {
    struct dw_feed_lead *at;
    size_t len;
    size_t cap;
};

/* The kind in words: "named by the page". */
struct dw_str dw_feed_lead_how(enum dw_feed_lead_kind kind);
/* Adds the feeds that a web page names or links to, each once, those of comments last. */
void dw_feed_discover(struct dw_arena *arena, struct dw_str html, struct dw_str url,
                      struct dw_feed_leads *leads);
/* Adds the feed of an address whose form is known (a channel, a repository, a newsletter). */
void dw_feed_leads_by_rule(struct dw_arena *arena, struct dw_str url, struct dw_feed_leads *leads);
/* Adds the places where the site of an address may keep a feed, the commonest first. */
void dw_feed_leads_by_path(struct dw_arena *arena, struct dw_str url, struct dw_feed_leads *leads);

#ifdef __cplusplus
}
#endif

#endif
