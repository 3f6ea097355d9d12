# STAND-IN for NixOS's users and groups: writes new group, passwd and shadow files (and the
# table `homes`) into the folder `work`, from the present ones and the configuration's tables.
# Numbers and passwords that exist are kept; a group that nothing declares is dropped.
BEGIN { FS = ":"; OFS = ":" }

FILENAME == "/etc/group" { gid_before[$1] = $3; next }
FILENAME == "/etc/passwd" { uid_before[$1] = $3; next }
FILENAME == "/etc/shadow" { hash_before[$1] = $2; next }

FILENAME ~ /stand-in\/groups$/ {
    split($0, column, "\t")
    groups[++group_count] = column[1]
    gid[column[1]] = column[2] != "-" ? column[2] : gid_before[column[1]]
    if (column[3] != "-") member_list[column[1]] = column[3]
    if (gid[column[1]] != "") gid_used[gid[column[1]]] = 1
    next
}

FILENAME ~ /stand-in\/users$/ {
    users[++user_count] = $0
    split($0, column, "\t")
    uid[column[1]] = column[2] != "-" ? column[2] : uid_before[column[1]]
    if (uid[column[1]] != "") uid_used[uid[column[1]]] = 1
}

function join_group(group, user) {
    if (!(group in gid)) return
    if (index("," member_list[group] ",", "," user ",")) return
    member_list[group] = member_list[group] (member_list[group] == "" ? "" : ",") user
}

END {
    free = 999
    for (i = 1; i <= group_count; i++) {
        if (gid[groups[i]] == "") {
            while (free in gid_used) free--
            gid[groups[i]] = free
            gid_used[free] = 1
        }
    }
    normal = 1000
    for (i = 1; i <= user_count; i++) {
        split(users[i], column, "\t")
        name = column[1]
        if (uid[name] == "") {
            if (column[9] == "normal") {
                while (normal in uid_used) normal++
                uid[name] = normal
            } else {
                while (free in uid_used) free--
                uid[name] = free
            }
            uid_used[uid[name]] = 1
        }
        full_name = column[7] == "-" ? "" : column[7]
        print name, "x", uid[name], gid[column[3]], full_name, column[4], column[6] > (work "/passwd")
        hash = name in hash_before ? hash_before[name] : (column[10] == "-" ? "!" : column[10])
        print name, hash, 1, "", "", "", "", "", "" > (work "/shadow")
        if (column[8] != "-") {
            count = split(column[8], further, ",")
            for (j = 1; j <= count; j++) join_group(further[j], name)
        }
        if (column[4] != "/var/empty")
            print name "\t" uid[name] "\t" gid[column[3]] "\t" column[4] "\t" column[5] > (work "/homes")
    }
    for (i = 1; i <= group_count; i++)
        print groups[i], "x", gid[groups[i]], member_list[groups[i]] > (work "/group")
}
