@NullMarked
package dev.poolwright.proxy;

import org.jspecify.annotations.NullMarked;
