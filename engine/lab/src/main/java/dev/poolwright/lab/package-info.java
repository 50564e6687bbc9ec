@NullMarked
package dev.poolwright.lab;

import org.jspecify.annotations.NullMarked;
