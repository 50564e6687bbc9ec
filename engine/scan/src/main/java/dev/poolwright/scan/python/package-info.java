/** Readers of Python: what makes pools there, and the shapes of code around them. */
@NullMarked
package dev.poolwright.scan.python;

import org.jspecify.annotations.NullMarked;
