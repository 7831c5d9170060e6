/* Names of elements and attributes in feeds, and what they mean by elements.tsv. */
#ifndef FEED_NAMES_H
#define FEED_NAMES_H

#include "base/base.h"

/* enum name, name in the tables */
#define FEED_VOCABULARIES(X)   \
    X(FEED_OTHER, "other")     \
    X(FEED_RSS, "rss")         \
    X(FEED_ATOM, "atom")       \
    X(FEED_DC, "dc")           \
    X(FEED_CONTENT, "content") \
    X(FEED_MEDIA, "media")     \
    X(FEED_ITUNES, "itunes")   \
    X(FEED_SY, "sy")           \
    X(FEED_XHTML, "xhtml")     \
    X(FEED_CDF, "cdf")

/* What an element says of its feed or entry. */
#define FEED_MEANINGS(X)                    \
    X(FEED_SAYS_NOTHING, "-")               \
    X(FEED_SAYS_TITLE, "title")             \
    X(FEED_SAYS_OTHER_TITLE, "othertitle")  \
    X(FEED_SAYS_LINK, "link")               \
    X(FEED_SAYS_GUID, "guid")               \
    X(FEED_SAYS_ID, "id")                   \
    X(FEED_SAYS_DESCRIPTION, "description") \
    X(FEED_SAYS_SUMMARY, "summary")         \
    X(FEED_SAYS_SECOND, "second")           \
    X(FEED_SAYS_CONTENT, "content")         \
    X(FEED_SAYS_OTHER_TEXT, "othertext")    \
    X(FEED_SAYS_LAST_TEXT, "lasttext")      \
    X(FEED_SAYS_MEDIATEXT, "mediatext")     \
    X(FEED_SAYS_AUTHOR, "author")           \
    X(FEED_SAYS_CONTRIBUTOR, "contributor") \
    X(FEED_SAYS_SOURCE, "source")           \
    X(FEED_SAYS_CATEGORY, "category")       \
    X(FEED_SAYS_KEYWORDS, "keywords")       \
    X(FEED_SAYS_PUBLISHED, "published")     \
    X(FEED_SAYS_ISSUED, "issued")           \
    X(FEED_SAYS_PUBDATE, "pubdate")         \
    X(FEED_SAYS_UPDATED, "updated")         \
    X(FEED_SAYS_DATE, "date")               \
    X(FEED_SAYS_CREATED, "created")         \
    X(FEED_SAYS_ENCLOSURE, "enclosure")     \
    X(FEED_SAYS_MEDIA, "media")             \
    X(FEED_SAYS_GROUP, "group")             \
    X(FEED_SAYS_LANGUAGE, "language")       \
    X(FEED_SAYS_TTL, "ttl")                 \
    X(FEED_SAYS_PERIOD, "period")           \
    X(FEED_SAYS_FREQUENCY, "frequency")     \
    X(FEED_SAYS_HOUR, "hour")               \
    X(FEED_SAYS_DAY, "day")

/* Elements that give a document its form, by their local name alone. */
#define FEED_TAGS(X)               \
    X(FEED_TAG_OTHER, "")          \
    X(FEED_TAG_RSS, "rss")         \
    X(FEED_TAG_RDF, "rdf")         \
    X(FEED_TAG_FEED, "feed")       \
    X(FEED_TAG_CHANNEL, "channel") \
    X(FEED_TAG_ITEMS, "items")     \
    X(FEED_TAG_ITEM, "item")       \
    X(FEED_TAG_ENTRY, "entry")     \
    X(FEED_TAG_NAME, "name")       \
    X(FEED_TAG_EMAIL, "email")     \
    X(FEED_TAG_AUTHOR, "author")   \
    X(FEED_TAG_OPML, "opml")       \
    X(FEED_TAG_OUTLINE, "outline") \
    X(FEED_TAG_TITLE, "title")

/* Attributes by their local name alone. */
#define FEED_ATTRIBUTES(X)              \
    X(FEED_NO_ATTRIBUTE, "")            \
    X(FEED_ABOUT, "about")              \
    X(FEED_BASE, "base")                \
    X(FEED_CATEGORY, "category")        \
    X(FEED_DESCRIPTION, "description")  \
    X(FEED_FILE_SIZE, "filesize")       \
    X(FEED_FULL_TEXT, "fulltext")       \
    X(FEED_HREF, "href")                \
    X(FEED_HTML_URL, "htmlurl")         \
    X(FEED_IS_PERMALINK, "ispermalink") \
    X(FEED_LABEL, "label")              \
    X(FEED_LANG, "lang")                \
    X(FEED_LANGUAGE, "language")        \
    X(FEED_LASTMOD, "lastmod")          \
    X(FEED_LENGTH, "length")            \
    X(FEED_MODE, "mode")                \
    X(FEED_REL, "rel")                  \
    X(FEED_SRC, "src")                  \
    X(FEED_TERM, "term")                \
    X(FEED_TEXT, "text")                \
    X(FEED_TITLE, "title")              \
    X(FEED_TYPE, "type")                \
    X(FEED_URL, "url")                  \
    X(FEED_VERSION, "version")          \
    X(FEED_XML_URL, "xmlurl")

#define FEED_ENUM(name, text) name,
enum feed_vocabulary { FEED_VOCABULARIES(FEED_ENUM) FEED_VOCABULARY_COUNT };
enum feed_meaning { FEED_MEANINGS(FEED_ENUM) FEED_MEANING_COUNT };
enum feed_tag { FEED_TAGS(FEED_ENUM) FEED_TAG_COUNT };
enum feed_attribute { FEED_ATTRIBUTES(FEED_ENUM) FEED_ATTRIBUTE_COUNT };
#undef FEED_ENUM

/* The name of an element. */
struct feed_name {
    struct dw_str local; /* as it is written; lives as long as the parser */
    enum feed_vocabulary vocabulary;
    enum feed_tag tag;
    enum feed_meaning in_feed, in_entry;
    bool is_void; /* HTML knows no end of it: <br> */
};

#define FEED_NAME_SLOTS 256
#define FEED_ATTRIBUTE_SLOTS 64

struct feed_name_slot {
    const void *local, *space; /* the strings' addresses */
    bool declared;             /* `space` is a namespace, not a prefix */
    struct feed_name name;
};

struct feed_attribute_slot {
    const void *local;
    enum feed_attribute attribute;
};

/* The names met in one document. libxml2 keeps each string once, so that a name that came before is
 * known by its address. */
struct feed_names {
    struct dw_str own_address; /* namespace of the root; may be empty */
    enum feed_vocabulary own;  /* what an unknown namespace like that one is taken for */
    struct feed_name_slot elements[FEED_NAME_SLOTS];
    struct feed_attribute_slot attributes[FEED_ATTRIBUTE_SLOTS];
};

/* What an element's name means; valid until the next call. `uri` is NULL where nobody declared the
 * prefix, `prefix` where there is none. The strings are those of one parser's dictionary. */
const struct feed_name *feed_name_find(struct feed_names *names, const char *local,
                                       const char *prefix, const char *uri);
/* Which attribute a name is; FEED_NO_ATTRIBUTE for those that no feed needs. */
enum feed_attribute feed_attribute_find(struct feed_names *names, const char *local);
/* The vocabulary of a namespace; FEED_OTHER for unknown ones. */
enum feed_vocabulary feed_vocabulary_of(struct dw_str uri);
/* What a word of elements.tsv stands for; FEED_MEANING_COUNT if it is none. For tests too. */
enum feed_meaning feed_meaning_of(struct dw_str word);

#endif
