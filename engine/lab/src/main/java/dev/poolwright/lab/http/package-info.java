/** A small HTTP service over a pool, as a process of its own: a subject of the lab that is loaded as a real service is. */
@NullMarked
package dev.poolwright.lab.http;

import org.jspecify.annotations.NullMarked;
