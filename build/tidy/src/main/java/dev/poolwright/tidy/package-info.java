/** Tests only: they read the source tree and check what formatter and compiler cannot. */
@NullMarked
package dev.poolwright.tidy;

import org.jspecify.annotations.NullMarked;
