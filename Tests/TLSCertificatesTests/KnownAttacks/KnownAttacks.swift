/// The attacks that certificates have been used for, a suite for each.
enum KnownAttacks {}
