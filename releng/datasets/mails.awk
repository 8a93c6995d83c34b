# Each file is a mail: its subject and its text become one line of CSV, unless the same text came before.
function flush() {
    text = subject " " body
    gsub(/<[^<>]*>/, " ", text)
    gsub(/&nbsp;/, " ", text)
    gsub(/[ \t]+/, " ", text)
    sub(/^ /, "", text)
    text = substr(text, 1, 2000)
    sub(/ +$/, "", text)
    if (text != "" && !(text in seen)) {
        seen[text]
        quoted = text
        gsub(/"/, "\"\"", quoted)
        printf "\"%s\",%s\n", quoted, kind
    }
    subject = body = encoding = last = ""
    inBody = 0
}
FNR == 1 {
    if (NR > 1) flush()
    kind = FILENAME ~ /spam-[12]\// ? "spam" : "ham"
}
inBody {
    if (encoding ~ /base64/ || length(body) > 20000) next
    if (encoding ~ /quoted-printable/) {
        gsub(/=3D/, "=")
        gsub(/=20/, " ")
        if (sub(/=$/, "")) { body = body $0; next }
    }
    body = body $0 " "
    next
}
/^$/ { inBody = 1; next }
/^[ \t]/ { if (last == "subject:") subject = subject $0; next }
{
    last = tolower($1)
    if (last == "subject:") subject = substr($0, 10)
    if (last == "content-transfer-encoding:") encoding = tolower($2)
}
END { flush() }
