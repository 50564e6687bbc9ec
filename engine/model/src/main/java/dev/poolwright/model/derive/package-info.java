/** From facts to a fleet: which services there are, what their pools really are, and what is not known. No I/O. */
@NullMarked
package dev.poolwright.model.derive;

import org.jspecify.annotations.NullMarked;
