/* The command line: everything that main() needs. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Runs what the arguments ask for; the exit status: 0 done, 1 something failed, 2 wrong usage. */
int cli_main(int argc, char **argv);

#endif
