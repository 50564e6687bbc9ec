/** Facts: what a scan found written in a source tree, before anything is concluded from it. */
@NullMarked
package dev.poolwright.model.fact;

import org.jspecify.annotations.NullMarked;
