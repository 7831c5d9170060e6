/* dealwire: the figures in the news of the AI industry, on a terminal. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
