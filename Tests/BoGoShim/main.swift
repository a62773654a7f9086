// BoringSSL's test runner starts this program for each of its tests, and plays the peer (BoGo).
//
// How the two talk to each other stands in the runner's PORTING.md: the flags say what to be and what
// to expect; 0 says that all went as expected, 89 that a flag is about something the engine does not
// offer, and anything else, with a sentence on standard error, that the connection failed.

import Glibc

exit(Shim.run(CommandLine.arguments.dropFirst()))
