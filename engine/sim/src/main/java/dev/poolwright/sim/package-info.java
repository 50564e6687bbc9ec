@NullMarked
package dev.poolwright.sim;

import org.jspecify.annotations.NullMarked;
