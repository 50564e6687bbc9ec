/** The files that people write: fleet, scenario, proof. */
@NullMarked
package dev.poolwright.files;

import org.jspecify.annotations.NullMarked;
