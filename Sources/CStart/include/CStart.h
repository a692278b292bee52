// What this process was started with, as the system gave it to the program.
#ifndef HOOKKIT_CSTART_H
#define HOOKKIT_CSTART_H

// How many arguments there are, the program's own name included; -1 where the system does not tell.
int hookkit_argument_count(void);

// One argument: bytes up to a zero, which live as long as the process.
const char *hookkit_argument(int number);

#endif
