// A target needs one C file; all that Swift calls is in the header.
#include "CScan.h"
