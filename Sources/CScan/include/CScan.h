#ifndef CSCAN_H
#define CSCAN_H

// PCRE2 as the scanner uses it: subjects and patterns are bytes.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <zlib.h>

#endif
