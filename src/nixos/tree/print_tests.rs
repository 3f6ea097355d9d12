//! Printed trees, and what is read back from them.

use super::super::lexical::ToAttrPath;
use super::super::value::ToExpr;
use super::*;

/// The text of a module with one entry, without head and braces.
fn printed(path: impl ToAttrPath, value: impl ToExpr) -> String {
    let mut body = Attrs::new();
    body.set(path, value).unwrap();
    body_of(body)
}

fn body_of(body: Attrs) -> String {
    let arguments = ["lib", "pkgs", "modulesPath"];
    let module = Module::new(Comment::new("x"), &arguments, body).unwrap();
    let text = print(&module);
    let (_, inner) = text.split_once("\n\n{\n").unwrap();
    inner.strip_suffix("\n}\n").unwrap().to_owned()
}

#[test]
fn plain_values_stand_behind_the_path() {
    let path = "boot.loader.timeout";
    assert_eq!(printed(path, 5), "  boot.loader.timeout = 5;");
    assert_eq!(printed(path, -5), "  boot.loader.timeout = -5;");
    assert_eq!(printed(path, Expr::Null), "  boot.loader.timeout = null;");
    assert_eq!(printed(path, true), "  boot.loader.timeout = true;");
    assert_eq!(printed(path, "a"), "  boot.loader.timeout = \"a\";");
    let file = Expr::file("a.nix").unwrap();
    assert_eq!(printed(path, file), "  boot.loader.timeout = ./a.nix;");
}

#[test]
fn lists_of_at_most_one_item_stay_on_their_line() {
    let empty: Vec<Expr> = Vec::new();
    assert_eq!(printed("a", empty), "  a = [ ];");
    assert_eq!(printed("a", vec!["b"]), "  a = [ \"b\" ];");
    assert_eq!(
        printed("a", vec!["b", "c"]),
        "  a = [\n    \"b\"\n    \"c\"\n  ];"
    );
    // With 89 characters in the string the line is full: 100, indentation left out.
    let full = "x".repeat(89);
    assert_eq!(
        printed("a", vec![full.as_str()]),
        format!("  a = [ \"{full}\" ];")
    );
    let longer = "x".repeat(90);
    assert_eq!(
        printed("a", vec![longer.as_str()]),
        format!("  a = [\n    \"{longer}\"\n  ];")
    );
}

#[test]
fn items_of_more_than_one_term_stand_in_parentheses() {
    let terms = vec![
        Expr::Int(-1),
        Expr::apply("lib.mkDefault", true).unwrap(),
        Expr::concat("modulesPath", "/x.nix").unwrap(),
    ];
    assert_eq!(
        printed("a", terms),
        "  a = [\n    (-1)\n    (lib.mkDefault true)\n    (modulesPath + \"/x.nix\")\n  ];"
    );
}

#[test]
fn lists_for_people_have_a_line_for_each_item() {
    let names = vec![Expr::reference("git").unwrap()];
    let list = List::new(names).unwrap().one_a_line();
    let programs = Expr::with("pkgs", list).unwrap();
    assert_eq!(printed("a", programs), "  a = with pkgs; [\n    git\n  ];");
    let none: [Expr; 0] = [];
    let empty = List::new(none).unwrap().one_a_line();
    let programs = Expr::with("pkgs", empty).unwrap();
    assert_eq!(printed("a", programs), "  a = with pkgs; [ ];");
}

#[test]
fn sets_have_a_line_for_each_entry() {
    let mut inner = Attrs::new();
    inner.set("device", "/dev/x").unwrap();
    assert_eq!(
        printed("swapDevices", vec![inner.clone()]),
        "  swapDevices = [ { device = \"/dev/x\"; } ];"
    );
    inner.set("fsType", "ext4").unwrap();
    assert_eq!(
        printed(("fileSystems", "/"), inner),
        "  fileSystems.\"/\" = {\n    device = \"/dev/x\";\n    fsType = \"ext4\";\n  };"
    );
    assert_eq!(printed("a", Attrs::new()), "  a = { };");
}

#[test]
fn long_calls_move_below() {
    let name = "x".repeat(90);
    let call = Expr::apply(
        "lib.mkDefault",
        Expr::reference(&format!("lib.{name}")).unwrap(),
    );
    assert_eq!(
        printed("a", call.unwrap()),
        format!("  a =\n    lib.mkDefault lib.{name};")
    );
    let text = "x".repeat(120);
    assert_eq!(printed("a", text.as_str()), format!("  a = \"{text}\";"));
}

#[test]
fn long_applications_break_inside_their_argument() {
    let mut inner = Attrs::new();
    inner.set("a", 1).unwrap();
    inner.set("b", 2).unwrap();
    assert_eq!(
        printed("x", Expr::apply("lib.mkForce", inner).unwrap()),
        "  x = lib.mkForce {\n    a = 1;\n    b = 2;\n  };"
    );
}

#[test]
fn sections_are_set_apart_and_explained() {
    let mut body = Attrs::new();
    body.set_under("First.", "a", 1).unwrap();
    body.set("b", 2).unwrap();
    body.set_apart("c", 3).unwrap();
    let mut section = Attrs::new();
    section.set("d", 4).unwrap();
    section.set_under(&"word ".repeat(17), "e", 5).unwrap();
    body.append(section).unwrap();
    let wide = "word ".repeat(15);
    assert_eq!(
        body_of(body),
        format!(
            "  # First.\n  a = 1;\n  b = 2;\n\n  c = 3;\n\n  d = 4;\n\n  # {}\n  # word word\n  \
             e = 5;",
            wide.trim_end()
        )
    );
}

#[test]
fn more_than_two_arguments_stand_one_a_line() {
    let head = |arguments: &[&str]| {
        let module = Module::new(Comment::new("x"), arguments, Attrs::new()).unwrap();
        print(&module)
    };
    assert_eq!(head(&["lib", "pkgs"]), "# x\n{ lib, pkgs, ... }:\n\n{ }\n");
    assert_eq!(
        head(&["config", "lib", "pkgs"]),
        "# x\n{\n  config,\n  lib,\n  pkgs,\n  ...\n}:\n\n{ }\n"
    );
}
