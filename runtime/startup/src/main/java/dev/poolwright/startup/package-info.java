/** Runs a start-up for real: phases in order on the real clock, or exit code 3. */
@NullMarked
package dev.poolwright.startup;

import org.jspecify.annotations.NullMarked;
