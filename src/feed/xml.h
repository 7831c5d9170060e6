/* What the readers of XML dialects share: the elements that are open, and the text being taken. */
#ifndef FEED_XML_H
#define FEED_XML_H

#include "stream.h"

/* What an open element is to its reader. */
enum feed_place {
    FEED_PLACE_NOTHING, /* passed over with all in it */
    FEED_PLACE_FEED,    /* its children tell of the feed */
    FEED_PLACE_ENTRY,   /* its children tell of an entry */
    FEED_PLACE_GROUP,   /* the same as the element around it */
    FEED_PLACE_SOURCE,  /* the feed that an entry was taken from */
    FEED_PLACE_PERSON,  /* a name, or name, email and uri in elements */
    FEED_PLACE_VALUE,   /* its text is taken */
    FEED_PLACE_MARKUP   /* stands within such a text */
};

/* How the value of an element is read. */
enum feed_take {
    FEED_TAKE_RAW,   /* as it is written, tags left out: dates, numbers, addresses */
    FEED_TAKE_TEXT,  /* plain text of many lines, HTML rendered where it is HTML */
    FEED_TAKE_LINE,  /* the same on one line */
    FEED_TAKE_PERSON /* the name of a person */
};

struct feed_xml;

/* What is done with an element of some meaning. */
struct feed_reader {
    enum feed_take take;
    /* Gets the value when the element ends. */
    void (*put)(struct feed_xml *x, struct dw_str value);
    /* Reads the attributes when it begins, and says what the element is; NULL: a value. */
    enum feed_place (*start)(struct feed_xml *x, const struct feed_element *element);
};

/* An open element. */
struct feed_frame {
    enum feed_place place;
    const struct feed_reader *reader; /* of a value or person */
    struct dw_str base;               /* xml:base that holds in it; may be empty or relative */
    bool is_name;                     /* the name of a person */
};

/* The text of the element whose value is taken. */
struct feed_capture {
    struct dw_buf text;
    enum feed_take take;
    size_t depth; /* of the element whose text it is */
    bool markup;  /* text is HTML that was written as elements */
    bool cut;     /* more than DW_LIMIT_FIELD_BYTES came */
    bool atom;    /* the type alone decides what is HTML */
    bool html;    /* the type says so */
    bool plain;   /* the type says so, or nothing */
    bool escaped; /* the mode says so */
    bool base64;
    bool guessed;       /* base64 by the type alone, in an element that may well be text */
    bool has_parts;     /* a person's name or email came as an element */
    struct dw_str name; /* of a person */
    struct dw_str email;
};

/* One entry being read, and what its elements told that has to wait for the others. */
struct feed_entry {
    struct dw_entry entry;
    size_t number;           /* its place among the entries */
    struct dw_str base;      /* xml:base at its start tag */
    struct dw_str link_base; /* xml:base at its link, where that waits for the feed's */
    bool link_waits;
    struct dw_str guid_link;   /* a guid that may serve as link */
    struct dw_str other_title; /* in a vocabulary that is not the dialect's own */
    struct dw_str other_text;
    struct dw_str media_text;
    struct dw_str last_text;          /* where there is none at all */
    struct dw_strs authors;           /* of one vocabulary */
    enum feed_vocabulary author_kind; /* that one */
    enum feed_vocabulary author_now;  /* of the author at hand */
    struct dw_str contributor;
    struct dw_str source_author;
    struct dw_str category; /* the term of a category, where it has no text */
    int64_t issued;
    int64_t date;
    int64_t created;
    bool has_alternate; /* a link element with rel=alternate was there */
    bool guid_is_link;  /* what isPermaLink says of the guid at hand */
    bool guid_is_other;
};

/* What a feed's own elements told that has to wait for the others. */
struct feed_channel {
    struct dw_str author;
    struct dw_str other_title;
    struct dw_str other_text;
    struct dw_str last_text; /* where there is none at all */
    struct dw_str lang;      /* xml:lang of the feed */
    int64_t pubdate;
    int64_t date;
    int64_t period;    /* sy:updatePeriod in seconds; -1: not told */
    int64_t frequency; /* sy:updateFrequency; -1: not told */
};

/* A relative address that came before the feed's link, to which it is relative. */
struct feed_late {
    size_t entry;
    size_t file; /* index of the enclosure; SIZE_MAX: the entry's link */
    struct dw_str base;
};

#define FEED_NESTED_ENTRIES 8 /* recovery may leave an entry in one that was not closed */

/* An XML feed being read. */
struct feed_xml {
    struct reading *r;
    struct feed_names names;
    struct feed_frame frames[FEED_DEEPEST];
    size_t depth;
    struct feed_capture capture;
    struct feed_channel channel;
    struct feed_entry entries[FEED_NESTED_ENTRIES];
    size_t entry_depth; /* of these are being read */
    DW_VEC(struct feed_late) late;
    size_t values; /* that were taken */
    bool repaired; /* the text is not the document's own */
    bool is_feed;
};

/* The entry at hand; at least one is open. */
struct feed_entry *feed_entry_at(struct feed_xml *x);

/* ---- Texts (capture.c) ---- */

/* Begins to take the text of an element. */
void feed_capture_begin(struct feed_xml *x, const struct feed_element *element,
                        enum feed_take take);
void feed_capture_text(struct feed_xml *x, struct dw_str text);
/* Tags within it: they become markup, unless it is read raw. */
void feed_capture_start_tag(struct feed_xml *x, const struct feed_element *element);
/* `name` is NULL where the end is missing. */
void feed_capture_end_tag(struct feed_xml *x, const struct feed_name *name);
/* The value as its reader wants it, in the arena. */
struct dw_str feed_capture_end(struct feed_xml *x);
/* Begins a part of the person at hand, and ends it. */
void feed_capture_part(struct feed_xml *x);
void feed_capture_part_end(struct feed_xml *x, bool is_name);

/* ---- Addresses (address.c) ---- */

/* xml:base of an element within what holds around it. */
struct dw_str feed_base_within(struct feed_xml *x, struct dw_str around, struct dw_str declared);
/* An absolute http(s) address, relative to the base, else to the feed's link, else to where the
 * feed came from. Empty with a warning for any other scheme. */
struct dw_str feed_address(struct feed_xml *x, struct dw_str base, struct dw_str written);
/* Whether an address is relative to a link that the feed has not told yet. */
bool feed_address_waits(const struct feed_xml *x, struct dw_str base, struct dw_str written);
/* Resolves what had to wait, once the feed is read. */
void feed_settle_addresses(struct feed_xml *x);
/* The rel of a link as a short word ("alternate" where there is none). */
struct dw_str feed_rel(struct feed_xml *x, const struct feed_element *element);

/* ---- Readers (channel.c, entry.c) ---- */

/* How elements of each meaning are read in a feed and in an entry; those that are read as nothing
 * have neither `put` nor `start`. */
extern const struct feed_reader feed_channel_readers[FEED_MEANING_COUNT];
extern const struct feed_reader feed_entry_readers[FEED_MEANING_COUNT];

/* Reads what the tag of a feed says itself. */
void feed_start_channel(struct feed_xml *x, const struct feed_element *element);
/* Settles what had to wait, once all is read. */
void feed_finish_channel(struct feed_xml *x);
/* Begins an entry; false: it is to be passed over. */
bool feed_start_entry(struct feed_xml *x, const struct feed_element *element);
void feed_end_entry(struct feed_xml *x);
/* The author of the feed that the entry was taken from. */
extern const struct feed_reader feed_source_author;

#endif
