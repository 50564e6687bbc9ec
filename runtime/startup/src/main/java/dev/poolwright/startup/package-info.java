@NullMarked
package dev.poolwright.startup;

import org.jspecify.annotations.NullMarked;
