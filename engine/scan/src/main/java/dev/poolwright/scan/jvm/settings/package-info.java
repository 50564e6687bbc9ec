/** Settings of applications on the JVM: flat keys, profiles, placeholders. */
@NullMarked
package dev.poolwright.scan.jvm.settings;

import org.jspecify.annotations.NullMarked;
