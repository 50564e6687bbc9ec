@NullMarked
package dev.poolwright.policy;

import org.jspecify.annotations.NullMarked;
