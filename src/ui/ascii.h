/* What stands for a character where only ASCII may be drawn. */
#ifndef UI_ASCII_H
#define UI_ASCII_H

#include "base/base.h"

/* One ASCII character for any code point: its letter without marks, the nearest sign, or '?'. */
char ui_ascii(uint32_t codepoint);

#endif
