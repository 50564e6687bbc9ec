@NullMarked
package dev.poolwright.rules;

import org.jspecify.annotations.NullMarked;
