"""The templates of templates.json: plain texts for the context "record", or (context, template[, options])."""

RESULTS = """
plain text¦5¦5.0¦0x1f¦1_000¦1e3¦-7¦+7¦--7¦1+1¦01¦.5¦5.¦True¦true¦None¦none¦nan¦inf¦1e999¦'quoted'¦"it's"¦'a' 'b'¦'a'b¦b'x'¦r'\\n'¦u'x'
'\\x41'¦'\\u00e9'¦'\\q'¦[1, 2]¦[1,,2]¦[1, 'a', None]¦[]¦()¦(1)¦(1,)¦1,¦1,2¦{}¦{'a': 1}¦{1: 2}¦{'a': 1, 'b': [2]}¦{1, 2}¦set()¦{[1]: 2}¦...¦2j
[1, 2¦[nan]¦[true]¦{'a'}¦'''x'''¦# c¦1 # c¦lambda: 1¦1 if 1 else 2¦2024-01-15¦2024-10-10¦00¦0_0¦1__0¦12345678901234567890123¦0b101¦0o17¦1e5x¦  5¦5  ¦	5
"""
SOURCES = [
    "", " ", "\n5", "\n 5", "5\n", "5\n\n", "5\n ", "[1,\n2]", "a\nb\n", "a\r\nb\r\n", "'a\nb'", "\\\n5", "5\\\n", "\x0c5", "é", "'é'", "5\u2028",
    "{# comment #}5", "a{# b #}c", "{{ '' }}", "{{ ' ' }}", "{% raw %}{{ x }}{% endraw %}", "{%- raw -%} {{ x }} {%- endraw -%} y", "{{ 5 }}\n",
    "  {{- 5 -}}  6", "a {%- if true -%} b {%- endif -%} c", "{% if true +%} b {%+ endif %}", "{{ 'a' }}{{ 1 }}", "{{ 1 }}{{ 2 }}", "{{ 1 }}.{{ 5 }}",
    "[{{ 1 }}, {{ 'x' }}]", "['{{ config.api_key }}']", "{'a': {{ config.list }}}", "{{ config }}", "{{ record.people }}", "{{ record.mixed }}",
]
NAMES = """
config.api_key¦config['api_key']¦config["int_text"]¦config.digits¦config.float_text¦config.list_text¦config.big¦config.whole¦config.ratio¦config.flag
config.off¦config.nothing¦config.empty¦config.zero¦config.missing¦config.missing.deeper¦config['missing']['deeper']¦config.nothing.x¦config.nested.a.b
config.nested.a.b[1].c¦config['nested']['a']['b'][0]¦config.nested.a.b[-1]¦config.nested.a.b[9]¦config.nested.a.b['x']¦config.items¦config['items']
config.keys¦config.get('api_key')¦config.get('missing')¦config.get('missing', 'd')¦config.get('nothing', 'd')¦(config.get('missing') or {}).get('x')
record.keys¦record['keys']¦record['0']¦record[0]¦record.0¦record._id¦record.__typename¦record.__class__¦record.__class__.x¦record['__class__']
record.tags.0¦record.tags[0]¦record.tags[true]¦record.tags[1.0]¦record.tags[5]¦record.tags[-4]¦record.matrix[1][0]¦record.tags['0']¦record['tags'][0:2]
record.name[0]¦record.name[:3]¦record.name[-8:]¦record.name[::-1]¦record.name[99]¦record.name[99:]¦record.name['upper']¦record.name.nope
stream_slice.parent¦stream_slice['start_time']¦stream_interval.start_time¦stream_partition.parent¦stream_slice.partition¦stream_slice.cursor_slice.end_time
stream_slice.extra_fields.zone¦stream_slice._partition.parent¦stream_slice.get('parent')¦stream_slice.missing¦stream_slice¦'parent' in stream_slice
stream_slice == {'parent': 11, 'start_time': '2024-01-01', 'end_time': '2024-01-31'}¦stream_slice|tojson¦stream_slice.items()|list¦stream_slice is mapping
last_record.id¦last_record.data¦last_record['data']¦last_record.data.id¦last_record.stream_name¦last_record.associated_slice is none¦last_record.get('id')
last_record == {'id': 99, 'data': 'inner'}¦last_record¦next_page_token¦next_page_token.x¦next_page_token['x']¦next_page_token is none¦parameters.n
parameters¦parameters.missing¦parameters['path'] ~ '/x'¦unknown¦unknown.x¦unknown is defined¦unknown|default('x')¦config if false else unknown
true¦True¦none¦None¦false¦1 if true¦1 if false¦(1 if false) is defined¦now_utc¦max¦dict¦namespace¦range(3)¦lipsum is defined¦cycler(1, 2).next()¦joiner('-')()
"""
OPERANDS = ["1", "-3", "2.5", "2.0", "true", "none", "'abc'", "''", "'%s'", "[1, 2]", "{'a': 1}", "(1, 2)", "config.missing", "config.big", "now_utc()", "today_utc()", "duration('P1D')", "duration('P1Y')"]
OPERATORS = ["+", "-", "*", "/", "//", "%", "==", "<", ">=", "in", "~", "and", "or"]
ARITHMETIC = """
7 // 2¦-7 // 2¦7 % -3¦-7 % 3¦7.5 // 2¦-7.5 // 2¦-7.5 % 2¦7 / 2¦6 / 2¦10 / 2 * 2¦2 ** 10¦2 ** -1¦2 ** 0.5¦2 ** 3 ** 2¦-2 ** 2¦0 ** 0¦(-8) ** 2¦2 ** 100¦10 ** 20
9007199254740991 + 1¦9007199254740993 * 3¦12345678901234567890 // 7¦12345678901234567890 / 7¦-12345678901234567890 % 1000¦1e308 * 10¦0.1 + 0.2¦1.5 + 1.5¦1 - 1.0
3 * 'ab'¦'ab' * -1¦[1] * 3¦(1,) * 2¦1 / 0¦1 // 0¦1 % 0¦1.0 / 0¦true + true¦not 1¦not none¦+true¦-false¦- - 5¦1 < 2 < 3¦3 > 2 > 2¦1 == 1.0¦1 == true¦'1' == 1
'a' < 'b'¦'a' < 'B'¦[1, 2] < [1, 3]¦(1, 'a') < (1, 'b')¦[1] < ['a']¦{'a': 1} == {'a': 1.0}¦{'a': 1} < {'a': 2}¦1 in [1.0]¦'a' in 'abc'¦1 in 'abc'¦'a' not in {'a': 1}
1 and 0¦0 or 'x'¦'' or none or 'z'¦1 and 'x' or 'y'¦'a' if 1 > 2 else 'b' if 2 > 3 else 'c'¦1 ~ 2 ~ none ~ 1.0¦1 + 2 ~ 3 + 4¦'a' 'b'¦0x1F¦0b101¦0o17¦1_000.5e1¦.5¦1.
"""
VALUES = ["7", "-2.5", "2.0", "true", "none", "'Hello World'", "''", "' 12 '", "'3.7'", "[3, 1, 2]", "[]", "['b', 'A', 'c']", "{'b': 1, 'a': 2}", "(1, 2)", "config.missing", "config.unicode", "record.people", "record.html", "today_utc()"]
FILTERS = """
abs¦capitalize¦center(9)¦count¦default('d')¦default('d', true)¦dictsort¦escape¦filesizeformat¦first¦float¦float(1)¦forceescape¦int¦int(5)¦int(0, 16)¦items|list¦join
join('-')¦last¦length|list¦lower¦max¦min¦pprint¦replace('l', 'L')¦replace('l', 'L', 1)¦reverse|list¦round¦round(1)¦round(-1)¦round(0, 'floor')¦safe¦sort¦sort(true)
string¦striptags¦sum¦sum(start=10)¦title¦tojson¦tojson(1)¦trim¦trim('Hd')¦truncate(6)¦truncate(6, true, '..')¦unique|list¦upper¦urlencode¦wordcount¦batch(2)|list¦slice(2)|list
hash¦hash('sha256', 'salt')¦hmac('key')¦base64encode¦base64decode¦regex_search('(.l)')¦regex_search('l')¦regex_replace('l+', '<\\\\g<0>>')¦indent(2, true)¦xmlattr¦attr('upper')
map('string')|list¦select|list¦reject('none')|list¦map(attribute='name')|list¦d¦e¦format¦wordwrap(5)¦urlize¦nosuchfilter
"""
TESTS = "defined|undefined|none|boolean|true|false|integer|float|number|string|mapping|sequence|iterable|callable|odd|even|divisibleby 2|lower|upper|sameas none|in [7, 'a']|eq 7|ne 7|gt 1|lessthan 5|escaped|filter|nosuchtest".split("|")
SEQUENCES = """
record.people|map(attribute='name')|join(', ')¦record.people|map(attribute='age', default=0)|sum¦record.people|selectattr('on')|map(attribute='name')|list
record.people|selectattr('age', 'gt', 25)|list|length¦record.people|rejectattr('age', 'defined')|map(attribute='name')|first¦record.people|groupby('team')|map('first')|list
record.people|groupby('team', case_sensitive=true)|map('last')|map('length')|list¦record.people|sort(attribute='name')|map(attribute='name')|list
record.people|sort(attribute='name', case_sensitive=true, reverse=true)|map(attribute='name')|list¦record.people[:3]|sort(attribute='age,name')|map(attribute='name')|list
record.people[:3]|min(attribute='age')¦record.people[:3]|max(attribute='name')¦record.people|unique(attribute='team')|map(attribute='name')|list¦record.people|map('length')|list
record.people|map(attribute='address.city')|list¦record.matrix|map('sum')|list¦record.matrix|sum(start=[])¦record.pairs|map('join')|list¦record.pairs|map(attribute=0)|list
record.numbers|select('odd')|list¦record.numbers|reject('odd')|list¦record.numbers|map('string')|map('upper')|join('+')¦record.mixed|select('number')|list¦record.mixed|sort
record.numbers|map('nosuch')|list¦record.numbers|select('nosuch')|list¦record.numbers|map|list¦record.numbers|map(foo=1)|list¦record.people|selectattr|list¦[]|map('nosuch')|list
record.numbers|map('upper')|length¦record.numbers|map('upper')|first¦record.numbers|batch(2, 0)|list¦record.numbers|slice(2, 0)|list¦record.tags|unique|join¦record.address|dictsort
{'b': 1, 'A': 2}|dictsort¦{'b': 1, 'A': 2}|dictsort(true)¦{'b': 1, 'A': 2}|dictsort(false, 'value')¦{'b': 1}|items|list¦record.address.items()|list¦record.address.keys()|list
record.address.values()|list¦record.address|list¦record.address|length¦'x' in record.tags¦record.tags.index('y')¦record.tags.count('x')¦record.tags.index('q')¦record.tags|join(',', 'x')
record.tags|last¦[]|first¦[]|last¦[]|max¦[]|min¦[]|sum¦[]|join¦'abc'|list¦'abc'|first¦'abc'|reverse¦(1, 2)|list¦{'a': 1}|first¦{1: 2, none: 3, true: 4}¦{'a': 1, 'a': 2}¦{[]: 1}¦[[1], {}]
max(1, 2)¦max([1, 2])¦max('a', 'b')¦max([])¦max()¦min(3, 1.5)¦min('b', 'a')¦max(1, 'a')¦max(record.numbers)¦max(*[4, 9])¦dict(a=1, **{'b': 2})¦dict([('a', 1)])¦dict({'a': 1}, b=2)¦dict(5)
"""
METHODS = """
upper()¦lower()¦title()¦capitalize()¦swapcase()¦casefold()¦strip()¦lstrip()¦rstrip('d')¦strip('Hd')¦split()¦split('o')¦split('o', 1)¦split(sep='l', maxsplit=1)¦rsplit('o', 1)¦split('')¦splitlines()
partition('o')¦rpartition('o')¦partition('q')¦find('o')¦rfind('o')¦find('q')¦index('q')¦count('l')¦count('')¦startswith('He')¦startswith(('x', 'H'))¦endswith('d')¦endswith('o', 0, 5)
replace('l', 'L')¦replace('l', 'L', 2)¦replace('', '-')¦replace(1, 2)¦replace(old='l', new='x')¦zfill(14)¦ljust(14, '.')¦rjust(14)¦center(14, '*')¦join(['a', 'b'])¦join([1])¦join('ab')
isdigit()¦isalpha()¦isupper()¦istitle()¦isspace()¦isidentifier()¦isascii()¦removeprefix('He')¦removesuffix('ld')¦expandtabs()¦encode()¦encode('ascii').decode()¦encode('utf-8').hex()¦format()
format(1, a=2)¦translate({72: 'J'})¦maketrans('a', 'b')¦nosuchmethod()¦upper¦upper().lower()¦upper(1)¦__len__()
"""
BRACES = [
    "'{}'.format(V)", "'{!r}'.format(V)", "'{:>9}|'.format(V)", "'{:*^9}'.format(V)", "'{:09.2f}'.format(V)", "'{:,}'.format(V)", "'{:d}'.format(V)", "'{:x}'.format(V)",
    "'{:e}'.format(V)", "'{:g}'.format(V)", "'{:%}'.format(V)", "'{0} {0!s}'.format(V)", "'{a} {b}'.format(a=V, b=1)", "'{0[0]}'.format([V])", "'{x.y}'.format(x={'y': V})", "'{} {}'.format(V)",
    "'{:{}}|'.format(V, 9)", "'{{}}'.format(V)", "'{'.format(V)", "'{x}'.format_map({'x': V})", "'%s %s' % (V, V)", "'%(a)s' % {'a': V}", "'%d' % V", "'%.1f' % V", "'%s' % V", "'%5.1f|' % V", "'%05d' % V",
]
TIMES = """
now_utc()¦now_utc().strftime('%Y-%m-%d')¦now_utc().isoformat()¦now_utc().timestamp()¦now_utc().timestamp()|int¦now_utc().date()¦now_utc().year¦now_utc().weekday()¦now_utc().isocalendar()[1]
now_utc().replace(day=1, hour=0).strftime('%d %H')¦(now_utc() - duration('P1D')).strftime('%F')¦now_utc() - duration('P1M')¦now_utc() + duration('PT36H')¦now_utc() > str_to_datetime('2024-01-01')
(now_utc() - str_to_datetime('2026-01-01')).days¦(now_utc() - str_to_datetime('2026-01-01')).total_seconds()¦now_utc() - now_utc()¦now_utc() < 5¦today_utc()¦today_utc().strftime('%Y/%m/%d')
today_utc() - duration('P1W')¦today_utc().isoformat()¦today_utc() < now_utc()¦today_utc() == now_utc().date()¦today_with_timezone('Pacific/Kiritimati')¦today_with_timezone('Nope')
day_delta(1)¦day_delta(-1, '%Y-%m-%d')¦day_delta(0.5, format='%Y-%m-%dT%H:%M')¦day_delta('1')¦duration('P1D')¦duration('P1DT2H3M4.5S')¦duration('P1Y2M')¦duration('-P1D')¦duration('x')¦duration('P1D') * 3
duration('P1D').days¦duration('PT90M').total_seconds()¦duration('P1D') + duration('PT1H')¦duration('P1D') > duration('PT23H')¦timestamp(1646006400)¦timestamp(1646006400.9)¦timestamp('2022-02-28')
timestamp('2022-02-28T00:00:00-08:00')¦timestamp('nope')¦timestamp(none)¦timestamp(config.missing)¦str_to_datetime('2022-01-14')¦str_to_datetime('2022-01-14T10:00:00+05:30')¦str_to_datetime(5)
str_to_datetime(record.created).strftime('%Y-%m-%dT%H:%M:%S.%f%z')¦format_datetime(record.created, '%Y-%m-%d')¦format_datetime('2024-01-15', '%d/%m/%Y')¦format_datetime(now_utc(), '%H:%M')
format_datetime(1683729087, '%Y-%m-%dT%H:%M:%SZ')¦format_datetime('15.01.2024', '%Y-%m-%d', '%d.%m.%Y')¦format_datetime('1705312800', '%Y-%m-%d', '%s')¦format_datetime('2024-01-15T00:00:00Z', '%s')
format_datetime('2024-01-15T00:00:00Z', '%ms')¦format_datetime('2024-01-15T00:00:00.123456Z', '%s_as_float')¦format_datetime('2024-01-15T00:00:00.5Z', '%Y-%m-%dT%H:%M:%S.%_msZ')
format_datetime('2024-01-15T00:00:00Z', '%epoch_microseconds')¦format_datetime('nope', '%Y')¦format_datetime(none, '%Y')¦format_datetime(config.missing, '%Y')¦format_datetime('2024-01-15', none)
format_datetime(config.start_date, '%Y-%m-%d') if config.start_date else ''¦config.get('end_date', day_delta(1, format='%Y-%m-%d'))¦sanitize_url(record.url)¦sanitize_url(5)¦sanitize_url(config.missing)
camel_case_to_snake_case('CamelCaseText')¦camel_case_to_snake_case(5)¦generate_uuid()|length¦generate_uuid() == generate_uuid()¦now_utc(1)¦max(now_utc(), str_to_datetime('2024-01-01')).year
"""
CODE = [
    "{% set a = 1 %}{{ a }}", "{% set a = 1 %}{% set b = a + 1 %}{{ b }}", "{% set a, b = [1, 2] %}{{ a }}{{ b }}", "{% set a, b = 1 %}", "{% set a, b = 1, 2, 3 %}", "{% set a %}x{{ 1 }}{% endset %}{{ a }}",
    "{% set a | upper %}x{% endset %}{{ a }}", "{% if record.active %}y{% else %}n{% endif %}", "{% if false %}a{% elif config.flag %}b{% else %}c{% endif %}", "{% if config.missing %}a{% endif %}",
    "{% for x in record.tags %}{{ x }}{% endfor %}", "{% for x in record.tags %}{{ x }}{% if not loop.last %},{% endif %}{% endfor %}", "{% for x in [] %}a{% else %}none{% endfor %}",
    "{% for k, v in record.address.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k in record.address %}{{ k }};{% endfor %}", "{% for x in record.numbers if x > 1 %}{{ loop.index }}{{ x }}{% endfor %}",
    "{% for x in record.tags %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first }}{{ loop.length }}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.cycle('a', 'b') }}{{ loop.changed(x) }};{% endfor %}",
    "{% for a, b in record.pairs %}{{ a }}{{ b }}{% endfor %}", "{% for a, (b, c) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "{% for a, b in [1] %}{% endfor %}", "{% for x in 5 %}{% endfor %}",
    "{% for x in record.matrix recursive %}{% if x is iterable %}[{{ loop(x) }}]{% else %}{{ x }}{{ loop.depth }}{% endif %}{% endfor %}", "{% for x in [1] %}{{ loop([1]) }}{% endfor %}",
    "{% set n = 0 %}{% for x in [1, 2] %}{% set n = n + x %}{{ n }}{% endfor %}{{ n }}", "{% set ns = namespace(n=0) %}{% for x in [1, 2] %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}",
    "{% set config.x = 1 %}", "{% set out = [] %}{% for x in record.tags %}{% set _ = out.append(x|upper) %}{% endfor %}{{ out }}", "{% set d = {} %}{% set _ = d.update({'a': 1}) %}{{ d }}",
    "{% set d = {'a': 1} %}{{ d.pop('a') }}{{ d }}", "{% set d = {'a': 1} %}{{ d.setdefault('b', 2) }}{{ d }}", "{% set l = [3, 1] %}{{ l.sort() }}{{ l }}", "{{ [].pop() }}", "{{ {}.pop('x') }}",
    "{% macro f(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ f(1) }} {{ f(1, 3) }} {{ f(b=5, a=4) }} {{ f() }}", "{% macro f(a) %}{{ a }}{% endmacro %}{{ f(1, 2) }}", "{% macro f(a) %}{{ a }}{% endmacro %}{{ f(c=2) }}",
    "{% macro f() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, x=2) }}", "{% macro f(x) %}<{{ caller() }}{{ x }}>{% endmacro %}{% call f(1) %}in{% endcall %}", "{% macro f() %}{{ caller(5) }}{% endmacro %}{% call(y) f() %}{{ y }}{% endcall %}",
    "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}", "{% macro f(a) %}{{ a }}{% endmacro %}{{ f.name }}{{ f.arguments }}{{ f }}", "{% filter upper %}a{{ 'b' }}{% endfilter %}",
    "{% filter replace('a', 'b')|title %}xaay{% endfilter %}", "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}", "{% set a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}", "{% block x %}{{ config.api_key }}{% endblock %}",
    "{% block x %}a{% endblock %}{{ self.x() }}", "{% set a = 1 %}{% block x %}{{ a }}{% endblock %}", "{% for x in [1] %}{% block y scoped %}{{ x }}{% endblock %}{% endfor %}", "{% block x required %}{% endblock %}",
    "{% include 'x' %}", "{% extends 'x' %}", "{% import 'x' as y %}", "{% from 'x' import y %}", "{% if false %}{% include 'x' %}{% endif %}ok", "{% print 1, 2 %}", "{% autoescape true %}{{ '<' }}{{ '<'|safe }}{% endautoescape %}",
    "{{ '<b>'|e ~ '&' }}", "{{ '<b>'|e + '&' }}", "{{ ['<b>'|e] }}", "{{ ('<b>'|e).upper() }}", "{{ '%s'|e % '<' }}", "{{ {'a': '<'}|tojson }}", "{{ 'a' if true }}", "{{ record.people[0] }}{{ record.people[1] }}",
    "{{ x }", "{{ x", "{% if %}{% endif %}", "{% if true %}", "{% endif %}", "{% for x %}{% endfor %}", "{% nosuch %}", "{{ 1 + }}", "{{ (1 }}", "{{ 1) }}", "{{ [1 }}", "{{ 'a }}", "{{ a b }}", "{{ $ }}", "{{ a.1b }}", "{# x", "{#", "{% raw %}x",
    "{{ }}", "{{ , }}", "{{ 1, }}", "{{ 1, 2 }}", "{{ f(a=1, a=2) }}", "{{ f(**{}, *[]) }}", "{{ f(a=1, 2) }}", "{% macro f(a=1, b) %}{% endmacro %}", "{% set true = 1 %}", "{% for loop in [1] %}{% endfor %}", "{{ '\\x4' }}", "{{ 'a\\n\\'b' }}", "{{ '\\u00e9' }}",
    "{{ config.x is is defined }}", "{{ config.x is not defined }}", "{{ not config.x is defined }}", "{{ config.flag is true and config.off is false }}", "{{ 'a' is in 'abc' }}", "{{ 1 is in [1] }}", "{{ 1 is not in [1] }}", "{{ 5 is divisibleby(5) }}",
    "{{ config.x|nosuch }}", "{{ config.x|nosuch if false else 1 }}", "{% if false %}{{ 1|nosuch }}{% endif %}2", "{{ 1 is nosuch }}", "{{ stream_state }}", "x stream_state y", "{{ config['stream_state'] }}", "{{ 'x'.format(**config) }}",
]
OPTIONS = [
    (template, {"default": default})
    for template in ["{{ config.missing }}", "{{ config.missing.x }}", "{{ '' }}", "{{ config.api_key }}", "{{ 1 + 'a' }}", "", "x"]
    for default in ["", "d", "5", "{{ config.api_key }}", "{{ config.missing }}", "{{ config.missing.x }}", "{{ 1 + 'a' }}", "{{ unknown }}", "{{ x"]
] + [
    (template, {"types": types})
    for template in ["{{ 5 }}", "{{ 5.0 }}", "{{ '5' }}", "{{ true }}", "{{ none }}", "{{ [1] }}", "{{ (1,) }}", "{{ {'a': 1} }}", "text", "'text'", "{1, 2}", "{{ config.big }}"]
    for types in [["str"], ["int"], ["float"], ["bool"], ["list"], ["dict"], ["str", "list"], ["int", "float"]]
]
FORMATTED = ["7", "-2.5", "1234567.891", "'abc'", "none", "true", "[1]", "config.missing", "config.big", "today_utc()"]
REGEXES = [
    (text, pattern)
    for text in ["abc-123_x", "a\\nb\\n", "Ünïcode π٣", "<http://x?page=2>; rel=\"next\"", ""]
    for pattern in [
        "(\\\\d+)", "(?P<n>[a-z]+)", "(?i)(ABC)", "^(.*)$", "(?m)^(.)$", "(?s)(a.b)", "\\\\A(\\\\w+)", "(\\\\w)\\\\Z", "(b|x)", "(\\\\bx?\\\\b)", "page=(\\\\d+)", "([^&]+)", "(a)(b)?(z)?", "(?:a)(b)",
        "(?<=-)(\\\\d)", "(\\\\S+)\\\\s(\\\\S+)", "((a)\\\\2?)", "(?x) (a) # c", "(a{1,2})", "(a{,2})", "([]x])", "(\\\\u0061)", "(", "*", "[b-a]", "(?P<n>a)(?P=n)?", "(?i:B)(.)", "(a*+)", "(?>a)(b)",
    ]
]



def items(text):
    """The texts between broken bars and ends of lines."""
    return [item for line in text.strip("\n").split("\n") for item in line.split("¦")]


ROWS = [*items(RESULTS), *SOURCES]
ROWS += ["{{ %s }}" % one for text in (NAMES, ARITHMETIC, SEQUENCES, TIMES) for one in items(text)]
ROWS += [f"{{{{ {a} {operator} {b} }}}}" for operator in OPERATORS for a in OPERANDS for b in OPERANDS[::2]]
ROWS += ["{{ (%s)|%s }}" % (value, one) for one in items(FILTERS) for value in VALUES]
ROWS += ["{{ (%s) is %s }}" % (value, test) for test in TESTS for value in VALUES]
ROWS += ["{{ '%s'.%s }}" % (text, one) for one in items(METHODS) for text in ["Hello World", "héllo𝄞"]]
ROWS += ["{{ %s }}" % one.replace("V", value) for one in BRACES for value in FORMATTED]
ROWS += [("record", code) for code in CODE]
ROWS += [("record", template, options) for template, options in OPTIONS]
ROWS += ["{{ [\"%s\"|regex_search('%s')] }}" % (text.replace('"', '\\"'), pattern) for text, pattern in REGEXES]
ROWS += ["{{ \"%s\"|regex_replace('%s', '[\\\\g<0>]') }}" % (text.replace('"', '\\"'), pattern) for text, pattern in REGEXES]
ROWS += [("none", "{{ config }}"), ("none", "{{ record }}"), ("none", "{{ config.x or 'd' }}"), ("none", "{{ parameters }}")]
ROWS += [("none", "{{ stream_slice }}"), ("none", "{{ stream_interval }}")]
