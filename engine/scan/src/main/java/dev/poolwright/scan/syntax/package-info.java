/** Program text to syntax trees. */
@NullMarked
package dev.poolwright.scan.syntax;

import org.jspecify.annotations.NullMarked;
