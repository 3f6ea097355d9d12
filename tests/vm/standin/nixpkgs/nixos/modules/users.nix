# STAND-IN: root, the usual groups, and rules about users.
{ config, lib, ... }:
let
  users = builtins.attrValues config.users.users;
  wrong = test: builtins.filter (user: !test user) users;
  rule = test: message: {
    assertion = wrong test == [ ];
    message = "${message}: ${toString (map (user: user.name) (wrong test))}";
  };
  group = gid: { inherit gid; };
  needsProgram = user: builtins.elem (user.shell.pname or "") [ "fish" "xonsh" "zsh" ];
  passwords = user: lib.filterAttrs (_: set: set) {
    hashedPassword = user.hashedPassword != null;
    hashedPasswordFile = user.hashedPasswordFile != null;
    initialHashedPassword = user.initialHashedPassword != null;
    initialPassword = user.initialPassword != null;
    password = user.password != null;
  };
in
{
  users.users.root = {
    uid = 0;
    group = "root";
    home = "/root";
    description = "System administrator";
    isSystemUser = lib.mkDefault true;
  };
  users.groups = {
    root = group 0;
    wheel = group 1;
    kmem = group 2;
    tty = group 3;
    disk = group 6;
    audio = group 17;
    uucp = group 19;
    lp = group 20;
    cdrom = group 24;
    tape = group 25;
    video = group 26;
    dialout = group 27;
    users = group 100;
    input = group 174;
    render = group 303;
    kvm = group 302;
    nogroup = group 65534;
  };

  assertions = [
    (rule (user: user.isNormalUser != user.isSystemUser)
      "Exactly one of isNormalUser and isSystemUser must be set"
    )
    (rule (user: user.group != "") "users.users.<name>.group is unset")
    (rule (
      user: builtins.match "[a-zA-Z0-9_.][a-zA-Z0-9_.-]*" user.name != null && builtins.stringLength user.name <= 31
    ) "The user name is not valid")
    (rule (user: user.isNormalUser && user.uid != null -> user.uid >= 1000)
      "A normal user's uid must be 1000 or more"
    )
    (rule (user: needsProgram user -> config.programs.${user.shell.pname}.enable)
      "The user's shell needs programs.<shell>.enable"
    )
    (rule (user: config.users.groups ? ${user.group}) "The user's primary group is declared nowhere")
    {
      assertion =
        config.users.mutableUsers
        || builtins.any (
          user:
          (user.name == "root" || builtins.elem "wheel" user.extraGroups)
          && (passwords user != { } || user.openssh.authorizedKeys.keys != [ ])
        ) users;
      message = "Neither the root account nor any wheel user has a password or SSH authorized key. You must set one to prevent being locked out of your system.";
    }
  ];
  warnings = builtins.concatMap (
    user:
    lib.optional (builtins.length (builtins.attrNames (passwords user)) > 1)
      "The user '${user.name}' has multiple of the options set that give a password: ${toString (builtins.attrNames (passwords user))}"
  ) users;
}
