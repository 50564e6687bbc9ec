/** What a proof came to: predictions, measurements, and how far they lie apart. */
@NullMarked
package dev.poolwright.model.proof;

import org.jspecify.annotations.NullMarked;
