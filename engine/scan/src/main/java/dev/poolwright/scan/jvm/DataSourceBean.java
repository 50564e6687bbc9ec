package dev.poolwright.scan.jvm;

import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaMethod;

/**
 * A bean method of Spring that makes a data source.
 *
 * @param module folder of the module that it stands in
 * @param prefix of the properties that are bound to what it returns; empty for none
 * @param conditional whether it depends on a profile, property or another bean
 */
record DataSourceBean(String module, JavaClass owner, JavaMethod method, String prefix, boolean conditional) {}
