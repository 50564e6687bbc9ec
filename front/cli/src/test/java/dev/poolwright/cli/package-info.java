@NullMarked
package dev.poolwright.cli;

import org.jspecify.annotations.NullMarked;
