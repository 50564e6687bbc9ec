/** The run record: everything that a run saw. */
@NullMarked
package dev.poolwright.model.run;

import org.jspecify.annotations.NullMarked;
