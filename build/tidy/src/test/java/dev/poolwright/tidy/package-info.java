@NullMarked
package dev.poolwright.tidy;

import org.jspecify.annotations.NullMarked;
