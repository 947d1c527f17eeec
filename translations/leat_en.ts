<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>Tr</name>
    <message numerus="yes">
        <source>First line: %n characters</source>
        <translation>
            <numerusform>First line: %n character</numerusform>
            <numerusform>First line: %n characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged lines</source>
        <translation>
            <numerusform>%n unchanged line</numerusform>
            <numerusform>%n unchanged lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No secret in %n files</source>
        <translation>
            <numerusform>No secret in %n file</numerusform>
            <numerusform>No secret in %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n documents have changes that are not saved.</source>
        <translation>
            <numerusform>%n document has changes that are not saved.</numerusform>
            <numerusform>%n documents have changes that are not saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written</source>
        <translation>
            <numerusform>%n file written</numerusform>
            <numerusform>%n files written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s), no errors</source>
        <translation>
            <numerusform>%n flow, no errors</numerusform>
            <numerusform>%n flows, no errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n commit(s) to push</source>
        <translation>
            <numerusform>%n commit to push</numerusform>
            <numerusform>%n commits to push</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No problems in %n flow(s)</source>
        <translation>
            <numerusform>No problems in %n flow</numerusform>
            <numerusform>No problems in %n flows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Engine: %n run(s)</source>
        <translation>
            <numerusform>Engine: %n run</numerusform>
            <numerusform>Engine: %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) would be interrupted.</source>
        <translation>
            <numerusform>%n run would be interrupted.</numerusform>
            <numerusform>%n runs would be interrupted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) to fix</source>
        <translation>
            <numerusform>%n input to fix</numerusform>
            <numerusform>%n inputs to fix</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 failed after %n attempt(s)</source>
        <translation>
            <numerusform>%1 failed after %n attempt</numerusform>
            <numerusform>%1 failed after %n attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hint(s)</source>
        <translation>
            <numerusform>%n hint</numerusform>
            <numerusform>%n hints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fix all %n problem(s) of this kind</source>
        <translation>
            <numerusform>Fix the problem of this kind</numerusform>
            <numerusform>Fix all %n problems of this kind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more line(s)</source>
        <translation>
            <numerusform>and 1 more line</numerusform>
            <numerusform>and %n more lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n hit(s)</source>
        <translation>
            <numerusform>%1, 1 hit</numerusform>
            <numerusform>%1, %n hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>1 hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace in %n file(s)</source>
        <translation>
            <numerusform>Replace in 1 file</numerusform>
            <numerusform>Replace in %n files</numerusform>
        </translation>
    </message>
</context>
</TS>
