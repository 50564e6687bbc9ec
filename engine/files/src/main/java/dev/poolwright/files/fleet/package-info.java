/** The parts of a fleet, one reader each. */
@NullMarked
package dev.poolwright.files.fleet;

import org.jspecify.annotations.NullMarked;
