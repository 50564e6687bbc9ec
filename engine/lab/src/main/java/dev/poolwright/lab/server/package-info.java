/**
 * The PostgreSQL a run happens on: how it is reached, what must be there before any load, what the run makes there,
 * what is seen and proved there, and how nothing is left behind.
 */
@NullMarked
package dev.poolwright.lab.server;

import org.jspecify.annotations.NullMarked;
